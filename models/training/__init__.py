"""The generators and scripts the shipped models were made with."""
