import { fill, type Words } from '../kernel/words.ts';
import { clientOf, submissionShape } from '../sealing/statement.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

/** The programs that sealed the bids (protocol §14): which of the bids name a build that the journal had published before. */

/**
 * A statement that names no published build refutes nothing: bidders may use programs of their own. But it is said, with the digest, because a bidder who was
 * handed a doctored program has no other sign of it. A tender from before builds were published is left as it is.
 */
export function checkClients(history: History, list: Checklist): void {
  const published = history.all('client.published');
  const bids = history.all('bid.received', 'bid.replaced').map(({ data, index }) => ({
    index,
    client: clientOf(submissionShape.parse(data.statement)),
  }));
  const named = bids.flatMap(({ client, index }) => (client === null ? [] : [{ client, index }]));
  const known = named.filter(({ client, index }) =>
    published.some(({ data, index: at }) => at < index && data.name === client.name && data.sha256 === client.sha256),
  );
  if (known.length > 0)
    list.that(
      fill(
        {
          zh: '{count} 份投标声明所写的密封程序版本，此前已公布在日志里',
          en: '{count} statements name a build of the sealing client that the journal had published before',
        },
        { count: known.length },
      ),
      true,
    );
  for (const each of named) if (!known.includes(each)) list.note(unpublished(each));
  const silent = bids.length - named.length;
  if (silent > 0 && published.length > 0) list.note(fill(noClient, { count: silent }));
}

const noClient: Words = {
  zh: '{count} 份投标声明没有写明密封程序（v1 格式，例如投标人自己的程序）。',
  en: '{count} statements name no sealing client (format v1, as of a bidder’s own program).',
};

const unpublished = ({ client, index }: { client: { name: string; version: string; sha256: string }; index: number }): Words =>
  fill(
    {
      zh: '事件 {index} 的投标声明写的密封程序 {name} {version}（{sha256}）没有公布在日志里：可能是投标人自己的程序，也可能有人换过给他的程序。',
      en: 'The statement of event {index} names a sealing client that the journal never published: {name} {version} ({sha256}). It may be the bidder’s own program, or one that somebody doctored.',
    },
    { index, ...client },
  );
