import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bid } from '../bids/bid.ts';
import { notFound } from '../kernel/problem.ts';
import { partsUpTo } from '../tenders/envelopes.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import type { Comparison, DeskAnswer } from './answers.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { blindFileName } from './blind-work.ts';
import { judgedPart } from './part-work.ts';

type Files = Bid['files'];

/**
 * What every bid says, without its tables, for a member who compares them on one item or criterion; the desk has found already that it may see them.
 * The first item stands for one that is not asked for.
 */
export async function comparisonOf(em: EntityManager, desk: DeskAnswer, asked: string | undefined): Promise<Comparison | null> {
  if (!desk.own || !desk.bids) return null;
  const rows = [
    ...desk.items.map(({ id }) => ({ of: id, kind: 'review' as const })),
    ...desk.criteria.map(({ id }) => ({ of: id, kind: 'score' as const })),
  ];
  const chosen = rows.find(({ of }) => of === asked) ?? rows[0];
  if (!chosen) return null;
  const lot = await em.findOne(Lot, { id: desk.lot.id });
  if (!lot) throw notFound();
  const terms = termsOf(lot);
  const parts = partsUpTo(terms.parts, judgedPart(lot));
  const blinding = await blindingOf(em, lot);
  const opened = await em.execute<{ submission: string; figures: Record<string, string> | null; files: Files | null }[]>(
    `select submission, bid -> 'figures' as figures, bid -> 'files' as files from opening_item
     where lot = ? and state = 'opened' and part = any(?::text[]) order by id`,
    [lot.id, `{${parts.join(',')}}`],
  );
  const label = (key: string) => terms.bidForm.find((field) => field.key === key)?.label ?? { zh: key, en: key };
  return {
    ...chosen,
    bids: desk.bids.map(({ submission }) => {
      const own = opened.filter((item) => item.submission === submissionNamed(blinding, submission));
      // figures are read out by name: while it is blind they would tell
      const figures: Record<string, string> = Object.assign({}, ...(blinding ? [] : own.map((item) => item.figures)));
      const files = own.flatMap((item) => item.files ?? []).filter(({ field }) => !blinding || blinding.blind.documents.includes(field));
      return {
        submission,
        figures: terms.bidForm.flatMap((field) => {
          const value = figures[field.key];
          return value === undefined ? [] : [{ label: field.label, value }];
        }),
        files: files.map(({ field, name }, index) => ({
          index,
          label: label(field),
          name: blinding ? blindFileName(label(field).zh, name, index) : name,
        })),
      };
    }),
  };
}
