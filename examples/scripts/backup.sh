#!/bin/sh
# Keeps a copy of the database. Run it by hand before a release.
set -eu
docker compose exec -T postgres pg_dump --username interview --format custom interview \
    > "backups/interview-$(date +%F).dump"
