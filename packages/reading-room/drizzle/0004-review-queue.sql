-- Sites of reports on which the rules and a language model do not agree, for a person to settle.
create table review_item (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references report on delete cascade,
  site text not null,
  differs text not null check (differs in ('presence', 'attributes')),
  model text not null,
  -- null: this reader has no entry for the site.
  rules_label jsonb,
  model_label jsonb,
  state text not null default 'open' check (state in ('open', 'resolved')),
  revision integer not null default 0,
  taken text check (taken in ('rules', 'model', 'own')),
  -- What was taken; null: the report says nothing of the site.
  label jsonb,
  resolved_by text,
  resolved_at timestamptz,
  added_at timestamptz not null,
  unique (report_id, site, model),
  check ((state = 'resolved') = (taken is not null and resolved_by is not null and resolved_at is not null))
);
create index review_item_by_state on review_item (state, added_at, report_id, site);
