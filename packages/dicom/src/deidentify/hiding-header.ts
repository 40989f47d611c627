import type { Header } from '../header.ts';
import { profileAction } from './profile-action.ts';

/** A header that answers only for attributes that the confidentiality profile keeps. */
export function hidingHeader(header: Header): Header {
  const shown = (tag: string): boolean => ['keep', 'inside'].includes(profileAction(tag));
  return {
    text: (tag) => (shown(tag) ? header.text(tag) : undefined),
    texts: (tag) => (shown(tag) ? header.texts(tag) : []),
    number: (tag) => (shown(tag) ? header.number(tag) : undefined),
    numbers: (tag) => (shown(tag) ? header.numbers(tag) : []),
    bytes: (tag) => (shown(tag) ? header.bytes(tag) : undefined),
    items: (tag) => (shown(tag) ? header.items(tag).map(hidingHeader) : []),
    tags: () => header.tags().filter(shown),
  };
}
