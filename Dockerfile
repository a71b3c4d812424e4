# The service in a container. Build: docker build -t passport-ocr .
#
# Keys first, in a volume of their own (the service refuses to start without):
#   docker run --rm --read-only -v passport-ocr-keys:/etc/passport-ocr passport-ocr apps add 1000001
#   docker run --rm --read-only -v passport-ocr-keys:/etc/passport-ocr -p 127.0.0.1:8000:8000 passport-ocr
# To try it without keys, share the host's loopback:  docker run --rm --read-only --network host passport-ocr serve --no-auth --host 127.0.0.1

FROM python:3.11-slim AS build
WORKDIR /source
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/passport-ocr
# Dependencies first: they change seldom, and the layer with them is the large one. With Redis, for server/compose.yml.
COPY pyproject.toml ./
RUN python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
      print(*project['dependencies'], *project['optional-dependencies']['redis'], sep='\n')" > requirements.txt \
 && /opt/passport-ocr/bin/pip install --only-binary :all: --requirement requirements.txt
COPY README.md LICENSE ./
COPY engine engine
COPY server server
COPY models models
RUN /opt/passport-ocr/bin/pip install --no-deps . \
 && /opt/passport-ocr/bin/pip uninstall --yes setuptools pip \
 && /opt/passport-ocr/bin/python -m compileall -q /opt/passport-ocr/lib

FROM python:3.11-slim
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
# Longer than a start takes: the process answers at once, /readyz tells when pictures are read.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
ENTRYPOINT ["passport-ocr"]
CMD ["serve"]
