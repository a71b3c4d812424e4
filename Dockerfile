# The service in a container: `docker build -t passport-ocr .`, or without an engine `make image`. How to run it: docs/operations/docker.md.
#
# BASE is any Debian with Python 3.11 as python3; its own pip is not needed.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
WORKDIR /source
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /opt/passport-ocr
# Dependencies first: they change seldom, and the layer with them is the large one. Only files of the hashes in the lock.
COPY server/deploy/requirements.txt server/deploy/build-requirements.txt ./
RUN /opt/passport-ocr/bin/pip install --require-hashes --only-binary :all: --requirement requirements.txt \
 && python3 -m venv /opt/tools \
 && /opt/tools/bin/pip install --require-hashes --only-binary :all: --requirement build-requirements.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY engine engine
COPY server server
COPY models models
RUN /opt/tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /opt/wheel . \
 && /opt/passport-ocr/bin/pip install --no-deps --no-index /opt/wheel/*.whl \
 && /opt/passport-ocr/bin/pip uninstall --yes setuptools pip \
 && /opt/passport-ocr/bin/python -m compileall -q /opt/passport-ocr/lib

FROM ${BASE}
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin passport \
 && install --directory --owner 10001 --mode 0700 /etc/passport-ocr /var/lib/passport-ocr
COPY --from=build /opt/passport-ocr /opt/passport-ocr
ENV PATH=/opt/passport-ocr/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    PASSPORT_OCR_HOST=0.0.0.0 \
    PASSPORT_OCR_CREDENTIALS=/etc/passport-ocr/credentials.json
USER 10001:10001
EXPOSE 8000
# Ready, not only alive: at the port that the environment names. Longer than a start takes.
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
  CMD ["python", "-m", "passport_ocr_server.cli.ready"]
ENTRYPOINT ["passport-ocr"]
CMD ["serve"]
