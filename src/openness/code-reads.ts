import type { EntityManager } from '@mikro-orm/postgresql';
import type { Words } from '../kernel/words.ts';
import { faultsOfCode } from '../parties/code.ts';
import { regionName } from '../parties/region.ts';
import { tradeClasses } from '../rulebook/trade-classes.ts';
import { linesInUse } from '../tenders/line.ts';
import { checkCharacter, isChecked, parseTradeNumber } from '../tenders/number.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { isMistyped, typedTradeCode } from '../tenders/trade-code.ts';
import type { CodeAnswer } from './code-routes.ts';

type Part = NonNullable<CodeAnswer['explained']>['parts'][number];

/** What a typed trading code says: its parts, what is wrong with it, and the published lots that it names. */
export async function explainCode(em: EntityManager, text: string): Promise<CodeAnswer> {
  const typed = typedTradeCode(text);
  if (!typed) return { asked: text, explained: null };
  const code = whole(typed);
  return {
    asked: text,
    explained: { code, parts: partsOf(code), faults: [...faultsIn(typed, code)], names: await named(em, typed) },
  };
}

/** With its class: a code typed without it gets that of the class in which it is right. */
function whole(typed: string): string {
  if (typed.length === 36) return typed;
  const fitting = linesInUse().find(({ tradeClass }) => checkCharacter(`${tradeClass}${typed.slice(0, -1)}`) === typed.slice(-1));
  return fitting ? `${fitting.tradeClass}${typed}` : typed;
}

function partsOf(code: string): Part[] {
  const classed = code.length === 36;
  const tail = classed ? code.slice(3) : code;
  const party = tail.slice(0, 18);
  const line = linesInUse().find(({ tradeClass }) => tradeClass === code.slice(0, 3));
  const letter = tradeClasses.find((each) => each.letter === code.charAt(0));
  const unknown: Words = { zh: '没有这个类别', en: 'no such class' };
  const region = regionName(party.slice(2, 8));
  return [
    ...(classed ? [{ text: code.slice(0, 3), is: 'class' as const, says: line?.title ?? letter?.title ?? unknown }] : []),
    {
      text: party,
      is: 'party',
      says: { zh: `统一社会信用代码，登记地：${region.zh}`, en: `a unified social credit code, registered in ${region.en}` },
    },
    { text: tail.slice(18, 26), is: 'day', says: dayWords(tail.slice(18, 26)) },
    {
      text: tail.slice(26, 32),
      is: 'serial',
      says: { zh: `该主体当日第${Number(tail.slice(26, 32))}个`, en: `number ${Number(tail.slice(26, 32))} of that party on that day` },
    },
    { text: tail.slice(32), is: 'check', says: { zh: '由前面各位算出', en: 'reckoned from all characters before it' } },
  ];
}

const dayWords = (digits: string): Words => {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
  return { zh: `${year}年${Number(month)}月${Number(day)}日`, en: `${year}-${month}-${day}` };
};

/** What is wrong, in words that say where. A wrong check character says only that something before it was mistyped. */
function* faultsIn(typed: string, code: string): Generator<Words> {
  const classes = linesInUse().map(({ tradeClass }) => tradeClass);
  const wrong = code.length === 36 ? !isChecked(code) : isMistyped(typed, classes);
  if (wrong)
    yield {
      zh: '校验码与前面各位不符：有一位抄错，或者两位颠倒。请逐位核对。',
      en: 'The check character does not fit those before it: one is mistyped, or two are exchanged. Compare them one by one.',
    };
  const tail = code.length === 36 ? code.slice(3) : code;
  for (const { says } of faultsOfCode(tail.slice(0, 18))) yield { zh: `主体代码：${says.zh}`, en: `In the code of the party: ${says.en}` };
  if (!wrong && code.length === 36 && parseTradeNumber(code) === undefined)
    yield { zh: '日期或者流水号不存在。', en: 'There is no such date, or no such serial.' };
}

/** Published lots that have this code, or whose project has it; nothing tells whether it was given to anything else. */
async function named(em: EntityManager, typed: string): Promise<NonNullable<CodeAnswer['explained']>['names']> {
  const rows = await em.execute<{ id: string; number: string; name: string; phase: string; own: boolean }[]>(
    `select l.id, l.number, l.name, l.phase, l.trade_code like ? as own from lot l join project p on p.id = l.project
     where l.published_at is not null and (l.trade_code like ? or p.trade_code like ?) order by l.number limit 100`,
    Array(3).fill(`%${typed}`),
  );
  return rows.map(({ own, ...row }) => ({
    ...row,
    phase: phases[phaseOf(row.phase)].title,
    is: own ? ('lot' as const) : ('project' as const),
  }));
}
