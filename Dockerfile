# syntax=docker/dockerfile:1
# `hub`: the program and nothing else. `tools`: the same with PostgreSQL's client programs, for copies.
ARG BASE=python:3.11-slim-trixie

FROM ${BASE} AS build
WORKDIR /src
RUN python -m venv /opt/otklik
COPY pyproject.toml constraints.txt ./
# The libraries alone first: they change seldom.
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > libraries.txt \
 && /opt/otklik/bin/python -m pip install --no-cache-dir --constraint constraints.txt --requirement libraries.txt
COPY LICENSE README.md setup.py ./
COPY bot bot
COPY handlers handlers
COPY locales locales
COPY services services
COPY storage storage
RUN /opt/otklik/bin/python -m pip install --no-cache-dir --no-deps . \
 && /opt/otklik/bin/python -m pip uninstall --yes --quiet pip

FROM ${BASE} AS hub
RUN useradd --system --uid 10001 --home-dir /var/lib/otklik --shell /usr/sbin/nologin otklik \
 && install --directory --owner otklik --mode 700 /var/lib/otklik /var/lib/otklik/files
COPY --from=build /opt/otklik /opt/otklik
# The working folder holds data: nothing is imported from it.
ENV PATH=/opt/otklik/bin:$PATH \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    OTKLIK_DATABASE_URL=sqlite:////var/lib/otklik/otklik.db \
    OTKLIK_FILES_DIR=/var/lib/otklik/files \
    OTKLIK_MODELS_DIR=/var/lib/otklik/models \
    OTKLIK_LOG_FORMAT=json \
    OTKLIK_OPS_LISTEN=0.0.0.0:9100
WORKDIR /var/lib/otklik
VOLUME /var/lib/otklik
USER otklik
EXPOSE 8081 9100
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9100/healthz', timeout=3)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]

FROM hub AS tools
USER root
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/*
USER otklik
HEALTHCHECK NONE
CMD ["--help"]

# What `docker build .` makes.
FROM hub
