"""What an image is, by its name."""

import re

_NAME = re.compile(
    r"(?:(?P<registry>[^/]*[.:][^/]*|localhost)/)?(?:(?P<owner>[^@]+)/)?"
    r"(?P<name>[^/:@]+)(?::(?P<tag>[^/@]+))?(?:@(?P<digest>.+))?\Z"
)
_SERVER = re.compile(
    r"(?:.*[-_])?(?:postgres|postgresql|postgis|pgvector|timescaledb|timescale|spilo|citus|paradedb|"
    r"pgsql|alloydbomni|edb-postgres\w*)(?:[-_].*|\d.*)?\Z"
)
_BESIDE = re.compile(
    r"backup|exporter|admin|bouncer|pgpool|operator|client|(?<!post)rest|dump|proxy|meta|agent|"
    r"migrat|web|adminer|exporter|barman|wal-?g|pgbackrest|cron|s3"
)
_ADMIN = re.compile(
    r"(?:adminer|pgadmin4?|pgweb|phppgadmin|cloudbeaver|dbgate|sqlpad|pghero|temboard.*)\Z"
)
_POOLER = re.compile(r"pgbouncer|pgpool|pgcat|odyssey|supavisor|pgdog")
# Images that everybody runs and nobody's own code is in.
_KNOWN = frozenset({
    "redis", "valkey", "memcached", "nginx", "traefik", "caddy", "haproxy", "envoy", "httpd",
    "rabbitmq", "kafka", "zookeeper", "nats", "mysql", "mariadb", "mongo", "mongodb", "minio",
    "elasticsearch", "opensearch", "kibana", "logstash", "grafana", "prometheus", "loki",
    "promtail", "alertmanager", "jaeger", "all-in-one", "opentelemetry-collector", "otel",
    "pgadmin", "pgadmin4", "adminer", "pgbouncer", "pgpool", "postgrest", "postgres-exporter",
    "postgres_exporter", "node-exporter", "cadvisor", "mailhog", "mailpit", "localstack",
    "vault", "consul", "keycloak", "clickhouse", "clickhouse-server", "cassandra", "influxdb",
    "qdrant", "chroma", "weaviate", "milvus", "ollama", "busybox", "alpine", "watchtower",
    "certbot", "portainer", "portainer-ce", "registry", "mc", "curl", "vector", "fluent-bit",
    "fluentd", "datadog", "dd-agent", "tempo", "metabase", "n8n", "nginx-proxy",
    "docker-letsencrypt-nginx-proxy-companion", "flower", "sentry", "unleash-server",
})  # fmt: skip
# Names that only their makers' images have for sure: teams call their own code so, too.
_MAKERS = {"agent": frozenset({"datadog", "datadoghq", "grafana", "portainer", "buildkite",
                               "newrelic"})}  # fmt: skip
_RUNTIMES = frozenset({"python", "pypy", "uv", "poetry", "miniconda3", "micromamba", "debian",
                       "ubuntu", "node", "distroless"})  # fmt: skip


def image_name(image: str) -> str:
    """The last part of an image's name, without registry, owner, tag and digest."""
    found = _NAME.match(image)
    return (found["name"] if found else image).lower()


def is_postgres(image: str) -> bool:
    """Tell whether an image is a PostgreSQL server, of whatever make."""
    name = image_name(image)
    return bool(_SERVER.match(name)) and not _BESIDE.search(name)


def is_pooler(image: str) -> bool:
    """Tell whether an image is a pooler or proxy before PostgreSQL servers."""
    return bool(_POOLER.search(image_name(image))) and "exporter" not in image_name(image)


def is_admin(image: str) -> bool:
    """Tell whether an image is a web page through which the database is managed."""
    return bool(_ADMIN.match(image_name(image)))


def is_known(image: str) -> bool:
    """Tell whether an image is a well-known product, so never this project's code."""
    name = image_name(image)
    if name in _MAKERS:
        found = _NAME.match(image)
        owner = (found["owner"] or "") if found is not None else ""
        return owner.rpartition("/")[2] in _MAKERS[name]
    return is_postgres(image) or name in _KNOWN or bool(_SERVER.match(name))


def is_runtime(image: str) -> bool:
    """Tell whether an image is only a language or a system, into which code is mounted."""
    return image_name(image) in _RUNTIMES
