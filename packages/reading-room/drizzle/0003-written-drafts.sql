-- Drafts that a writer made of a study's findings, kept beside the study's own draft until a reader takes one.
create table written_draft (
  study_id uuid not null references study on delete cascade,
  writer text not null,
  variant integer not null,
  -- The findings that it was written from, in one text: another list makes the draft stale.
  findings_key text not null,
  written_at timestamptz not null,
  content jsonb not null,
  primary key (study_id, writer, variant)
);
