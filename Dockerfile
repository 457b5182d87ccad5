# The local page in a container. Its steps are the make targets that the tests run.
#
#   docker build --tag madoguchi .
#   docker run --publish 127.0.0.1:8765:8765 --volume madoguchi:/data madoguchi

FROM python:3.11-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app

# sentence-transformers are left out unless PyTorch's index of wheels for CPUs is named with
# `--build-arg PYTORCH_CPU_INDEX=…`: the usual wheels bring gigabytes of libraries for graphics cards.
ARG PYTORCH_CPU_INDEX=""

COPY Makefile pyproject.toml constraints.txt README.md LICENSE ./
COPY tools tools
COPY corpus corpus
COPY retrieval retrieval
COPY bot bot
COPY adapters adapters
ENV PIP_NO_CACHE_DIR=1
RUN if [ -n "$PYTORCH_CPU_INDEX" ]; \
    then PIP_EXTRA_INDEX_URL="$PYTORCH_CPU_INDEX" make setup-transformers; \
    else make setup; fi
ENV MADOGUCHI_DATA_DIR=/data
RUN make index

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --no-create-home madoguchi
WORKDIR /app
COPY --from=build --chown=root:root /app /app
COPY --from=build --chown=madoguchi:madoguchi /data /data
USER madoguchi
# 0.0.0.0 is within the container only; what reaches it is decided by --publish.
ENV MADOGUCHI_DATA_DIR=/data \
    MADOGUCHI_HOST=0.0.0.0 \
    MADOGUCHI_PORT=8765
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8765/healthz', timeout=4)"]
CMD [".venv/bin/madoguchi", "serve"]
