/** What people read, in the languages of the store's sellers. */

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export type Text = Readonly<Record<Language, string>>;

export const text = (en: string, zh: string): Text => ({ en, zh });

/** What is the same in every language: codes, names, quoted bytes. */
export const literal = (word: string): Text => ({ en: word, zh: word });
