# make run | test | check | docs | dist | image | sbom | samples | train | bench | load | soak | fuzz | serve
SHELL := /bin/bash
PYTHON ?= python3
IMAGE ?= tests/images/chn_2012_specimen.jpg
OUT ?= out
MINUTES ?= 20
CASES ?= 200000
BUDGET ?= full
BIN := .venv/bin
BIN_OF_TOOLS := .venv-tools/bin
export OMP_NUM_THREADS ?= 1

.PHONY: help calibrate run test browser check format docs figures dist try-dist image try-image lock sbom licences samples train bench load soak fuzz serve install fonts clean

help:
	@echo "make run [IMAGE=picture]  set up, read a picture, save it annotated in $(OUT)/"
	@echo "make test                 set up, run every check and test that CI runs"
	@echo "make browser              the web page in a headless Chromium, which is fetched if there is none"
	@echo "make check                formatting, lint, types and the direction of imports only"
	@echo "make docs                 build the site of docs/ into out/site"
	@echo "make figures              write the figures of benchmarks/results/ into README and docs"
	@echo "make dist                 build wheel and source distribution into dist/"
	@echo "make try-dist             install both in empty environments and use them"
	@echo "make samples              draw 40 specimen pictures with truth into $(OUT)/samples"
	@echo "make bench                accuracy and latency on freshly drawn pictures"
	@echo "make peers FOLDER=pictures  this engine and others, installed for it, over the same pictures"
	@echo "make load                 what the service bears, against the bare library, on loopback"
	@echo "make soak MINUTES=20      pictures and junk for a while, two workers killed: nothing lost, nothing leaks"
	@echo "make fuzz CASES=200000 MINUTES=20  feed decoder, parsers and service what nobody would send"
	@echo "make calibrate            fit the confidences anew, on drawn pictures"
	@echo "make train                make the models anew: hours, goes on where it was stopped"
	@echo "make train BUDGET=tiny    the same steps in minutes, in a copy under out/train-tiny: do they all work?"
	@echo "make image                the image, without a container engine; try-image reads a picture in it; needs root"
	@echo "make lock                 the versions and hashes that the image is made of, anew"
	@echo "make sbom                 what the image is made of, as CycloneDX, into $(OUT)/sbom.cdx.json; make licences lists them"
	@echo "make serve                the HTTP service on loopback, without authorization"

run: .venv/.run
	"$(BIN)/passport-ocr" read "$(IMAGE)" --annotate "$(OUT)"

test: check fonts
	"$(BIN)/python" -m pytest
	"$(BIN)/python" -m benchmarks.gate

# The tests of the web page in a headless Chromium: Debian's (apt install chromium), or the one Playwright brings.
browser: .venv/.dev
	"$(BIN)/python" -m pip install --quiet --editable ".[browser]"
	@command -v chromium chromium-browser google-chrome >/dev/null || "$(BIN)/playwright" install chromium
	"$(BIN)/python" -m pytest tests/server/page

check: .venv/.dev
	"$(BIN)/ruff" format --check .
	"$(BIN)/ruff" check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports" --no-logo --no-cache

format: .venv/.dev
	"$(BIN)/ruff" format .
	"$(BIN)/ruff" check --fix .

# Material says on every run that it does not know MkDocs 2.
docs: .venv/.dev
	NO_MKDOCS_2_WARNING=1 "$(BIN)/mkdocs" build --strict --quiet
	@echo "the site is in out/site: open out/site/index.html"

figures: .venv/.dev
	"$(BIN)/python" -m benchmarks.readme_figures

dist: .venv/.dev
	rm -rf dist
	"$(BIN)/python" -m build --outdir dist .

try-dist: .venv/.dev
	"$(BIN)/python" -m tests.release dist --python "$(PYTHON)"

samples: .venv/.dev fonts
	"$(BIN)/python" -m models.training.draw.samples "$(OUT)/samples" --count 40 --seed 1

bench: .venv/.dev fonts
	"$(BIN)/python" -m models.training.draw.samples "$(OUT)/bench" --count 300 --seed $${SEED:-$$RANDOM}
	"$(BIN)/python" -m benchmarks.accuracy "$(OUT)/bench"
	"$(BIN)/python" -m benchmarks.latency

# Each system is installed in an environment of its own under .cache/peers, Debian's Tesseract too where it is missing
# (no root needed). What cannot be had is left out by name.
peers: .venv/.dev fonts
	@test -n "$(FOLDER)" || { echo "name your pictures: make peers FOLDER=pictures (docs/bench.md says what lies in it)"; exit 2; }
	"$(BIN)/python" -m benchmarks.compare "$(FOLDER)" --out "$(OUT)/compare_$(notdir $(patsubst %/,%,$(FOLDER))).json"

load: .venv/.load
	"$(BIN)/python" -m benchmarks.load --out benchmarks/results/load.json

soak: .venv/.load
	"$(BIN)/python" -m benchmarks.soak --minutes "$(MINUTES)" --out benchmarks/results/soak.json

fuzz: .venv/.dev
	"$(BIN)/python" -m tests.fuzz --cases "$(CASES)" --minutes "$(MINUTES)" --out "$(OUT)/fuzz" $${SEED:+--seed "$$SEED"}

serve: .venv/.run
	"$(BIN)/passport-ocr" serve --no-auth

# What is done, in which order and for how long: models/training/steps.toml; BUDGET is one of its columns.
train: .venv/.train fonts
	"$(BIN)/python" -m models.training.run_steps --budget "$(BUDGET)"

# After any change to what is read or how sure it is: draws 400 pictures, five CPU minutes, goes on where it was stopped.
calibrate: .venv/.dev fonts
	"$(BIN)/python" -m benchmarks.calibrate "$(OUT)/calibration"

# Fonts come from Debian's archive without root; where they cannot be had, what needs them says so and is skipped.
fonts: .venv/.run
	-@"$(BIN)/python" -m models.training.draw.type.fonts

install: .venv/.run

.venv/.created:
	@command -v "$(PYTHON)" >/dev/null || { echo "Python is missing: install python3 (3.11 or newer)"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $$("$(PYTHON)" --version) is too old"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv .venv
	@touch $@

.venv/.run: .venv/.created pyproject.toml
	@echo "installing libraries into .venv: a minute or two, once"
	"$(BIN)/python" -m pip install --quiet --editable .
	@touch $@

.venv/.dev: .venv/.created pyproject.toml
	@echo "installing libraries and tools into .venv: a few minutes, once"
	"$(BIN)/python" -m pip install --quiet --editable ".[dev]"
	@touch $@ .venv/.run

.venv/.load: .venv/.created pyproject.toml
	"$(BIN)/python" -m pip install --quiet --editable ".[load]"
	@touch $@ .venv/.run

.venv/.train: .venv/.created pyproject.toml
	"$(BIN)/python" -m pip install --quiet --editable ".[train]"
	@touch $@ .venv/.run

# The image, without a container engine and without a registry: $(OUT)/image/passport-ocr.tar. Needs root and Debian's packages.
image:
	server/deploy/build_image.sh "$(OUT)/image"

try-image: image
	server/deploy/try_image.sh "$(OUT)/image"

# After a change of the dependencies: the versions and hashes that the image is made of.
LOCK := $(BIN_OF_TOOLS)/uv pip compile --python-version 3.11 --python-platform linux --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet
lock: .venv-tools/.made
	$(LOCK) pyproject.toml --extra redis --extra otel --upgrade --output-file server/deploy/requirements.txt
	$(LOCK) server/deploy/build-requirements.in --upgrade --output-file server/deploy/build-requirements.txt

# What the image is made of: CycloneDX, and the table of docs/operations/licences.md.
sbom: .venv-locked/.made .venv-tools/.made
	@mkdir -p "$(OUT)"
	"$(BIN_OF_TOOLS)/cyclonedx-py" environment .venv-locked --output-reproducible --output-file "$(OUT)/sbom.cdx.json"

licences: .venv-locked/.made .venv-tools/.made
	@"$(BIN_OF_TOOLS)/pip-licenses" --python .venv-locked/bin/python --format markdown --order name

.venv-locked/.made: server/deploy/requirements.txt
	"$(PYTHON)" -m venv --clear .venv-locked
	.venv-locked/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement server/deploy/requirements.txt
	.venv-locked/bin/python -m pip uninstall --quiet --yes setuptools pip
	@touch $@

.venv-tools/.made:
	"$(PYTHON)" -m venv .venv-tools
	"$(BIN_OF_TOOLS)/pip" install --quiet "uv>=0.5" "cyclonedx-bom>=7" "pip-licenses>=5"
	@touch $@

clean:
	rm -rf .venv .venv-tools .venv-locked out build dist *.egg-info .cache .mypy_cache .ruff_cache .pytest_cache
