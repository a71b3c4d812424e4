"""The dialect of Baidu's AIP: an access token, a form, fields by their Chinese names, each with its place."""
