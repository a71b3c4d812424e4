PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
IMAGE ?= tests/images/chn_2012_specimen.jpg

.PHONY: run test check samples train bench serve clean
