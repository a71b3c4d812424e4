"""The dialect of today's official SDKs: cloud API 3.0, version 2018-11-19, `PassportOCR` and `MLIDPassportOCR`."""
