import { blob, index, integer, primaryKey, real, sql, sqliteTable, text, uniqueIndex } from './drizzle.ts';

/*
 * Every entity has `no`, a small integer that other tables and the search index point to, and `id`, the UUID the
 * world knows. Times are RFC 3339 UTC with milliseconds, as text: they sort as they read.
 */
const entity = () => ({
  no: integer('no').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const contact = sqliteTable(
  'contact',
  {
    ...entity(),
    deletedAt: text('deleted_at'),
    rev: integer('rev').notNull().default(1),
    name: text('name').notNull(),
    contactType: text('contact_type').notNull(),
    primaryEmail: text('primary_email'),
    primaryPhone: text('primary_phone'),
    imageUrl: text('image_url'),
    imageId: text('image_id'),
    budget: real('budget'),
    budgetType: text('budget_type'),
    notes: text('notes'),
    inviteStatus: text('invite_status'),
    isActive: integer('is_active').notNull().default(1),
    isArchived: integer('is_archived').notNull().default(0),
    archivedAt: text('archived_at'),
    addressId: text('address_id').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    website: text('website'),
    address: text('address'),
    address2: text('address2'),
    city: text('city'),
    regionCode: text('region_code'),
    postcode: text('postcode'),
    country: text('country'),
    fax: text('fax'),
    fiscalInformation: text('fiscal_information'),
    latitude: real('latitude'),
    longitude: real('longitude'),
    /** JSON of what no column holds. */
    extra: text('extra'),
    /** Derived from `extra`: the organisation a person works for, to show and to search. */
    company: text('company'),
    /** Derived, folded for sorting: the name, and the company or else the city. */
    sortName: text('sort_name').notNull(),
    sortPlace: text('sort_place'),
    /** Derived: the phone as E.164 digits where it can be read, else its bare digits; for matching and calling. */
    phoneKey: text('phone_key'),
    /** Derived from `extra`: the UID in the file it came from, where that is not the id; for importing again. */
    sourceUid: text('source_uid'),
  },
  (t) => [
    index('contact_by_name').on(t.sortName, t.no).where(sql`deleted_at is null`),
    index('contact_by_type').on(t.contactType, t.sortName, t.no).where(sql`deleted_at is null`),
    index('contact_by_place').on(t.sortPlace, t.no).where(sql`deleted_at is null`),
    index('contact_by_email').on(sql`lower(primary_email)`, t.no).where(sql`deleted_at is null`),
    index('contact_by_phone').on(t.primaryPhone, t.no).where(sql`deleted_at is null`),
    index('contact_by_budget').on(t.budget, t.no).where(sql`deleted_at is null`),
    index('contact_by_updated').on(t.updatedAt, t.no).where(sql`deleted_at is null`),
    index('contact_by_created').on(t.createdAt, t.no).where(sql`deleted_at is null`),
    index('contact_by_phone_key').on(t.phoneKey).where(sql`phone_key is not null`),
    index('contact_by_source_uid').on(t.sourceUid).where(sql`source_uid is not null`),
    index('contact_by_image').on(t.imageId).where(sql`image_id is not null`),
    index('contact_in_trash').on(t.deletedAt, t.no).where(sql`deleted_at is not null`),
  ],
);

export const tag = sqliteTable('tag', {
  ...entity(),
  name: text('name').notNull(),
  color: text('color').notNull(),
  textColor: text('text_color'),
  icon: text('icon'),
  description: text('description'),
});

export const employee = sqliteTable('employee', {
  ...entity(),
  userId: text('user_id').notNull(),
  fullName: text('full_name').notNull(),
  email: text('email'),
});

export const project = sqliteTable('project', { ...entity(), name: text('name').notNull() });

export const invoice = sqliteTable(
  'invoice',
  {
    ...entity(),
    contactNo: integer('contact_no').references(() => contact.no, { onDelete: 'set null' }),
    invoiceNumber: integer('invoice_number').notNull(),
    invoiceDate: text('invoice_date').notNull(),
    dueDate: text('due_date'),
    totalValue: real('total_value').notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull(),
  },
  (t) => [index('invoice_of_contact').on(t.contactNo)],
);

/** A joining table: which contact has which of the other. */
function joining<N extends string>(name: N, other: 'tag' | 'employee' | 'project') {
  const target = { tag, employee, project }[other];
  return sqliteTable(
    name,
    {
      contactNo: integer('contact_no').notNull().references(() => contact.no, { onDelete: 'cascade' }),
      otherNo: integer(`${other}_no`).notNull().references(() => target.no, { onDelete: 'cascade' }),
    },
    (t) => [primaryKey({ columns: [t.contactNo, t.otherNo] }), index(`${name}_reverse`).on(t.otherNo, t.contactNo)],
  );
}
export const contactTag = joining('contact_tag', 'tag');
export const contactMember = joining('contact_member', 'employee');
export const contactProject = joining('contact_project', 'project');

/** One step of work: what undo takes back as a whole. */
export const journalGroup = sqliteTable(
  'journal_group',
  {
    no: integer('no').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    /** In words: 'Edited Ann Lee'. */
    label: text('label').notNull(),
    /** The group that this one undoes or does again. */
    inverseOf: text('inverse_of'),
    /** Where the group stands on the undo stack: can be undone, was undone, or is no step of a person. */
    state: text('state').notNull(),
  },
  (t) => [index('journal_group_stack').on(t.state, t.no), index('journal_group_inverse').on(t.inverseOf)],
);

/** Append-only: one row per changed field or set. `seq` is the change feed's number. */
export const journal = sqliteTable(
  'journal',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    groupNo: integer('group_no').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    contactId: text('contact_id').notNull(),
    kind: text('kind').notNull(),
    field: text('field'),
    old: text('old'),
    new: text('new'),
    /** 1 on the last row of one contact's change: the row that stands for it in the change feed. */
    last: integer('last').notNull(),
  },
  (t) => [
    index('journal_of_contact').on(t.contactId, t.seq),
    index('journal_of_group').on(t.groupNo, t.seq),
    // The pictures that undo may bring back.
    index('journal_of_image').on(t.old).where(sql`field = 'imageId' and old is not null`),
  ],
);

export const image = sqliteTable(
  'image',
  {
    id: text('id').primaryKey(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  // Without it a time is found only behind all the bytes of its picture.
  (t) => [index('image_by_time').on(t.createdAt, t.id)],
);

export const token = sqliteTable(
  'token',
  {
    no: integer('no').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    /** SHA-256 of the secret, in hex. */
    digest: text('digest').notNull().unique(),
    permissions: text('permissions').notNull(),
    rate: integer('rate').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at'),
    lastUsedAt: text('last_used_at'),
    revokedAt: text('revoked_at'),
  },
  (t) => [uniqueIndex('token_live_name').on(t.name).where(sql`revoked_at is null`)],
);

export const idempotency = sqliteTable(
  'idempotency',
  {
    key: text('key').primaryKey(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    headers: text('headers').notNull(),
    body: text('body').notNull(),
    at: text('at').notNull(),
  },
  (t) => [index('idempotency_by_time').on(t.at)],
);

export const setting = sqliteTable('setting', { key: text('key').primaryKey(), value: text('value').notNull() });

export const draft = sqliteTable('draft', {
  key: text('key').primaryKey(),
  baseRev: integer('base_rev'),
  values: text('values').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const importJob = sqliteTable('import_job', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  format: text('format').notNull(),
  startedAt: text('started_at').notNull(),
  /** The whole report as JSON, with its errors. */
  report: text('report').notNull(),
  groupId: text('group_id'),
});
