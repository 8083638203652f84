/** Types that Ever Gauzy does not know. There they are CLIENT with a tag that names the type. */
export const taggedTypes = ['VENDOR', 'PARTNER'] as const;
export type TaggedType = (typeof taggedTypes)[number];

/** The name of the tag that stands for a type, which is also its key among the tags to be made. */
export const tagOfType = (type: TaggedType): string => `type:${type.toLowerCase()}`;

/** The type that a tag stands for, by the tag's name. */
export const typeOfTag = (name: string): TaggedType | undefined =>
  taggedTypes.find((type) => tagOfType(type) === name.trim().toLowerCase());

export const isTaggedType = (type: unknown): type is TaggedType => taggedTypes.some((one) => one === type);

/** The server's ids of the tags that stand for types, as far as they were made or found. */
export type TypeTags = Partial<Record<TaggedType, string>>;
