-- The search index holds what electron/contacts/search-tokens.ts makes of a live contact, under the contact's `no`.
-- It is contentless: the words are stored in no second place. All letters arrive folded, so the tokenizer only splits
-- at blanks. `=` marks a word of the name, `#` a tag, `@` a member, `%` a project, `~` a type.
-- What is typed in part needs an index of its length: without one, all contacts with such words are gathered first, half a
-- second for a common word among a million.
CREATE VIRTUAL TABLE contact_search USING fts5(
  tokens,
  content='',
  contentless_delete=1,
  detail=none,
  prefix='1 2 3 4 5 6 7 8',
  tokenize="ascii tokenchars '=#@%~'"
);
