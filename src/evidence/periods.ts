import { z } from 'zod';
import { canonical } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { fill } from '../kernel/words.ts';
import { type DayString, dayOf, parseDay, type Span } from '../kernel/working-days.ts';
import { type LocalFigure, localFigureShape } from '../rulebook/ground.ts';
import { allowedBy, localRow } from '../rulebook/local-row.ts';
import { localFigures, type Override } from '../rulebook/override.ts';
import { type Parameter, sentence } from '../rulebook/parameter.ts';
import { rowOn } from '../rulebook/parameters.ts';
import { pinnedPeriods } from '../tenders/lot.ts';
import { lastsAtLeast } from '../tenders/timetable.ts';
import type { Checklist } from './checks.ts';
import type { History } from './history.ts';

const pinnedShape = z.object({
  local: z.array(localFigureShape).default([]),
  periods: z.partialRecord(z.enum(pinnedPeriods), z.string()).optional(),
});
type Pinned = z.infer<typeof pinnedShape>;

/**
 * What the notice pinned of figures set for its line and region is what stood in the journal that day, none left out and none beyond the law;
 * and by these figures and the law's own its periods, and the moves of its deadline, are reckoned again.
 */
export function checkPeriods(history: History, list: Checklist): void {
  const notice = history.one('notice.published');
  const pinned = pinnedShape.safeParse(notice?.data.terms ?? {});
  if (notice === undefined || !pinned.success) return;
  const day = dayOf(moment(notice.at, list));
  const { line, region } = notice.data;
  if (line !== undefined && region !== undefined)
    list.that(
      {
        zh: '公告载明的另行规定，正是当日对该门类和地区施行的各项',
        en: 'What the notice pins as set for its line and region is what held there that day',
      },
      canonical(pinned.data.local) === canonical(localFigures(overridesIn(history), { line, region }, day)),
    );
  for (const each of pinned.data.local) checkBounds(each, day, list);
  if (pinned.data.periods) checkKept(history, pinned.data.periods, (key) => figureOf(key, day, pinned.data.local, list), list);
}

/** Every override as the journal has it, without those that were withdrawn before their day. */
function overridesIn(history: History): readonly Override[] {
  const withdrawn = new Set(history.all('override.withdrawn').map(({ data }) => data.override));
  const ended = new Map(history.all('override.ended').map(({ data }) => [data.override, data.inForceTo]));
  return history
    .all('override.set')
    .filter(({ data }) => !withdrawn.has(data.override))
    .map(({ data }) => ({
      ...data,
      inForceFrom: data.inForceFrom as DayString,
      inForceTo: parseDay(ended.get(data.override) ?? '') ?? null,
    }));
}

const checkBounds = ({ key, value }: LocalFigure, day: DayString, list: Checklist): void => {
  const law = rowOn(key, day);
  list.that(
    { zh: '另行规定的数字都在法律允许的范围内', en: 'Every figure that was set lies within what the law allows' },
    law !== undefined && allowedBy(law, value),
  );
};

function figureOf(key: string, day: DayString, local: Pinned['local'], list: Checklist): Parameter {
  const law = rowOn(key, day);
  if (law === undefined)
    list.unreadable(fill({ zh: '本程序的规则书没有 {key}', en: 'The rulebook of this program has no {key}' }, { key }));
  return localRow(law, local);
}

/** The periods that bidders' time depends on: from the issue to the deadline, of the documents, before the deadline, and of the candidates. */
function checkKept(history: History, keys: NonNullable<Pinned['periods']>, figure: (key: string) => Parameter, list: Checklist): void {
  const kept = (key: string | undefined, holds: (span: Span) => boolean): void => {
    const row = figure(key ?? list.unreadable({ zh: '公告没有载明应当满足的期限', en: 'The notice does not name a period it must keep' }));
    list.that(
      {
        zh: '公告的期限、补遗后的截止时间和公示期都满足当日的法律和另行规定',
        en: 'The periods of the notice, the deadline after addenda and the publicity keep the law of its day and what was set',
      },
      holds({ count: Number(row.value), unit: row.unit as Span['unit'] }),
      sentence(row),
    );
  };
  const at = (text: string | undefined): Instant => moment(text ?? '', list);
  const notice = history.one('notice.published')?.data;
  kept(keys.bidPeriodMin, (span) => lastsAtLeast(at(notice?.documentsFrom), at(notice?.deadline), span));
  kept(keys.documentsWindowMin, (span) => lastsAtLeast(at(notice?.documentsFrom), at(notice?.documentsUntil), span));
  for (const addendum of history.all('addendum.published'))
    kept(
      keys.addendumAhead,
      (span) => addendum.data.affectsPreparation !== true || lastsAtLeast(at(addendum.at), at(addendum.data.deadline), span),
    );
  for (const { data } of history.all('candidates.published'))
    kept(keys.publicityMin, (span) => lastsAtLeast(at(data.from), later(at(data.until), -1), span));
}

function moment(text: string, list: Checklist): Instant {
  return parseInstant(text) ?? list.unreadable({ zh: '时间写法不对', en: 'A time is not one' });
}
