-- The application's own tables. agno makes its tables itself, in the schema "agents".

create table if not exists interviews (
    id         bigint generated always as identity primary key,
    question   text        not null,
    owner      text        not null,
    created_at timestamptz not null default now()
);

create table if not exists answers (
    id           bigint generated always as identity primary key,
    interview_id bigint      not null references interviews on delete cascade,
    said_by      text        not null,
    said         text        not null,
    said_at      timestamptz not null default now()
);

create index if not exists answers_by_interview on answers (interview_id);

create schema if not exists agents;
