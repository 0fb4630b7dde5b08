# One image for every service and role: `docker run ccms serve intake --roles api`.
ARG PYTHON=3.12-slim

FROM python:${PYTHON} AS made
# A mirror of the package index and its certificate, where this machine needs one; not in the final image.
ARG PIP_INDEX_URL
ARG PIP_CERT
ARG REQUESTS_CA_BUNDLE
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /tools && python -m venv --without-pip /ccms
COPY requirements/image.txt requirements/run.txt /src/requirements/
RUN /tools/bin/pip install -q --require-hashes -r /src/requirements/image.txt \
 && /tools/bin/pip --python /ccms/bin/python install -q --require-hashes --only-binary :all: -r /src/requirements/run.txt \
 && find /ccms -depth -type d \( -name tests -o -name __pycache__ \) -exec rm -rf {} + \
 && /ccms/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /ccms/lib
COPY . /src
# The pages' scripts, pinned by their SHA-256 in deploy/local/jars.lock.
RUN cd /src && PYTHONPATH="/src:$(echo /ccms/lib/python*/site-packages)" /tools/bin/python -m deploy.local.webjars /ccms/webjars
RUN /tools/bin/pip wheel -q --no-deps --no-build-isolation -w /wheel /src \
 && /tools/bin/pip --python /ccms/bin/python install -q --no-deps --no-index --no-compile /wheel/*.whl \
 && cd /ccms/lib/python*/site-packages \
 && /ccms/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash deploy services shared

FROM python:${PYTHON}
RUN rm -rf /usr/local/lib/python*/site-packages/* /usr/local/lib/python*/ensurepip /usr/local/bin/pip* \
 && install -d -o 10001 -g 10001 /backups
COPY --from=made /ccms /ccms
ENV PATH=/ccms/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp CCMS_WEBJARS=/ccms/webjars
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=8s --start-period=180s --retries=3 CMD ["ccms-health"]
ENTRYPOINT ["ccms"]
CMD ["--help"]
