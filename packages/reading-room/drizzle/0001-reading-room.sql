-- The reading room's schema. Plain SQL of PostgreSQL 15, so that any server from 15 on will do.

create table setting (
  key text primary key,
  value jsonb not null
);

create table import_run (
  id uuid primary key default gen_random_uuid(),
  started_at timestamptz not null,
  finished_at timestamptz,
  state text not null check (state in ('running', 'done', 'cancelled', 'interrupted', 'failed')),
  -- The process that runs it: number and birth, so that one that was killed is told from one that works.
  process_id integer not null,
  process_birth text not null,
  counts jsonb not null,
  columns_needed jsonb not null default '[]'
);

create table refusal (
  id bigint generated always as identity primary key,
  import_id uuid not null references import_run on delete cascade,
  file text not null,
  row_number integer,
  rule text not null,
  fix text not null
);
create index refusal_of_import on refusal (import_id);

create table study (
  id uuid primary key default gen_random_uuid(),
  study_instance_uid text not null unique,
  accession_number text,
  patient_id text,
  patient_name text,
  patient_sex text,
  patient_birth_date text,
  study_date text,
  study_time text,
  description text,
  radiopharmaceutical text,
  file_stem text,
  synthetic boolean not null default false,
  status text not null default 'unread' check (status in ('unread', 'draft', 'signed', 'amending')),
  revision integer not null default 0,
  panel jsonb not null default '{}',
  reading jsonb not null,
  findings jsonb not null default '[]',
  -- Sites on which a reader has decided, removal included: reading again with a model leaves them alone.
  decided_sites jsonb not null default '[]',
  draft jsonb,
  report_on_file jsonb,
  amend_reason text,
  disagreements integer not null default 0,
  present_count integer not null default 0,
  imported_at timestamptz not null
);
create index study_by_accession on study (accession_number);
create index study_by_patient on study (patient_id, study_date);
create index study_by_date on study (study_date desc, id);

create table instance (
  sop_instance_uid text primary key,
  study_id uuid not null references study on delete cascade,
  path text,
  -- Content address of the copy that --copy makes.
  copy_blob text
);
create index instance_of_study on instance (study_id);

create table study_view (
  study_id uuid not null references study on delete cascade,
  key text not null,
  view text check (view in ('anterior', 'posterior')),
  view_from text not null,
  row_count integer not null,
  column_count integer not null,
  pixel_spacing jsonb,
  counts_blob text not null,
  window_hint jsonb not null,
  body_counts double precision not null,
  primary key (study_id, key)
);

create table report (
  id uuid primary key default gen_random_uuid(),
  arrival bigint generated always as identity,
  -- Hash of what identifies the report and of its text: the same row imported twice is one report.
  fingerprint text not null unique,
  source_id text not null,
  accession_number text,
  patient_id text,
  study_date text,
  text text not null,
  study_id uuid references study on delete set null,
  matched_by text check (matched_by in ('accession-number', 'patient-and-date', 'reader'))
);
create index report_by_accession on report (accession_number);
create index report_by_patient on report (patient_id, study_date);
create index report_of_study on report (study_id);

create table match_proposal (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references report on delete cascade,
  study_id uuid not null references study on delete cascade,
  days_apart integer not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
  unique (report_id, study_id)
);

create table signed_report (
  id uuid primary key default gen_random_uuid(),
  study_id uuid not null references study on delete restrict,
  version integer not null,
  signed_at timestamptz not null,
  content jsonb not null,
  unique (study_id, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a signed version is never changed or deleted';
end $$;
create trigger signed_report_is_final before update or delete on signed_report
  for each row execute function refuse_change();

create table model (
  id text primary key,
  folder text not null,
  card jsonb not null,
  added_at timestamptz not null
);

create table job (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  state text not null check (state in ('running', 'done', 'cancelled', 'interrupted', 'failed')),
  process_id integer not null,
  process_birth text not null,
  details jsonb not null,
  progress jsonb,
  problem jsonb,
  started_at timestamptz not null,
  updated_at timestamptz not null
);
-- One training at a time, whichever process asks.
create unique index one_training_runs on job (kind) where state = 'running' and kind = 'training';

create table column_mapping (
  headings_key text primary key,
  columns jsonb not null
);
