import { columnValue, type Edits } from './edits.ts';
import type { ContactRecord } from './record.ts';

/** A new contact before its first values, with Ever Gauzy's defaults. */
export function blankRecord(id: string, addressId: string, at: string): ContactRecord {
  return {
    no: 0, id, addressId, createdAt: at, updatedAt: at, deletedAt: null, rev: 1, name: '', contactType: 'CLIENT',
    primaryEmail: null, primaryPhone: null, imageUrl: null, imageId: null, budget: null, budgetType: 'COST', notes: null,
    inviteStatus: null, isActive: 1, isArchived: 0, archivedAt: null, firstName: null, lastName: null, website: null,
    address: null, address2: null, city: null, regionCode: null, postcode: null, country: null, fax: null,
    fiscalInformation: null, latitude: null, longitude: null, extra: null, company: null, sortName: '', sortPlace: null,
    phoneKey: null, sourceUid: null,
  };
}

/** Writes edits into a record; sets are not part of it. */
export function assign(target: ContactRecord, edits: Edits): void {
  const columns: Record<string, unknown> = target;
  for (const values of [edits.scalars, edits.address]) {
    for (const [field, value] of Object.entries(values ?? {})) if (value !== undefined) columns[field] = columnValue(value);
  }
  if (edits.imageId !== undefined) target.imageId = edits.imageId;
  if (edits.extra !== undefined) {
    const empty = edits.extra === null || Object.keys(edits.extra).length === 0;
    target.extra = empty ? null : JSON.stringify(edits.extra);
  }
}
