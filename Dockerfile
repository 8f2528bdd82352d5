# The product in an image: the site, and the commands that set it up and keep its index.
# compose.yaml runs it beside PostgreSQL and OpenSearch.

FROM python:3.12.11-slim-bookworm AS packages
COPY requirements/base.txt .
# Wheels only, each with its hash: nothing is compiled and nothing unknown is installed.
RUN python -m venv /opt/venv && /opt/venv/bin/python -m pip install --no-cache-dir \
	--disable-pip-version-check --require-hashes --only-binary :all: -r base.txt

FROM python:3.12.11-slim-bookworm
# ONNX Runtime would report its use to its makers: nothing here calls out.
ENV ORT_DISABLE_TELEMETRY=1 \
	PATH=/opt/venv/bin:$PATH \
	PYTHONUNBUFFERED=1 \
	PYTHONDONTWRITEBYTECODE=1 \
	DJANGO_SETTINGS_MODULE=cms.settings.base \
	VAR_DIR=/var/lib/no-wrong-door
# What is written at run time goes to VAR_DIR, a volume; the code belongs to root and stays as it is.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin hub && \
	install --directory --owner hub "$VAR_DIR"
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/no-wrong-door
COPY manage.py ./
COPY deploy deploy
COPY directory directory
COPY matching matching
COPY cms cms
COPY fixtures fixtures
RUN SECRET_KEY=only-to-collect-static-files python manage.py collectstatic --noinput
# The matcher is not trained here but by deploy/setup, at the first start: it learns from the
# phrases in the hub's own database, which this image does not know, and is kept in the volume.
# A model made here would be that of another directory, and the first to be used.
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", \
	"--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
