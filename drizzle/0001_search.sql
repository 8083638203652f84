-- The search index holds what search-tokens.ts makes of a contact, one row per contact with the contact's `no`.
-- Contentless: the words are in no second place. `=` marks a word of the name, so that names can be asked for alone.
CREATE VIRTUAL TABLE contact_search USING fts5(
  tokens,
  content='',
  contentless_delete=1,
  detail=none,
  prefix='1 2 3 4',
  tokenize="unicode61 remove_diacritics 0 tokenchars '='"
);
