import type { Rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { calendarYears } from './calendar-data.ts';
import { counting } from './counting.ts';
import type { Edition } from './edition.ts';
import type { TimeLimit } from './figure-rule.ts';
import { boundsOf, precedence } from './override-rules.ts';
import { certainties, type Parameter, sentence, valueInWords } from './parameter.ts';
import { figureGroups, localKeys, newestParameter, type ParameterKey, parameters } from './parameters.ts';
import { ruleRows } from './rule-rows.ts';

/** What a line shows of itself in print. Every line's edition has this shape; the rulebook room cannot know more of it. */
export interface PrintedEdition extends Edition {
  readonly phases: readonly string[];
  readonly parameters: object;
  readonly bidForm: readonly {
    readonly key: string;
    readonly label: Words;
    readonly kind: string;
    readonly required: boolean;
    readonly read: boolean;
  }[];
  readonly items: readonly { readonly id: string; readonly title: Words; readonly says: Words; readonly source: Words }[];
  readonly methods: readonly { readonly id: string; readonly title: Words; readonly says: Words; readonly source: Words }[];
  readonly panel: { readonly size: number; readonly experts: number };
  readonly rules: object;
  readonly limits: object;
}

export interface PrintedPhase {
  readonly code: string;
  readonly state: string;
  readonly title: Words;
  readonly ocds: string;
  readonly allows: readonly string[];
  readonly leadsTo: Readonly<Record<string, string>>;
}

export interface Book {
  readonly lines: readonly {
    readonly id: string;
    readonly title: Words;
    readonly says: Words;
    readonly procedures: readonly {
      readonly title: Words;
      readonly says: Words;
      readonly source: Words;
      readonly editions: readonly PrintedEdition[];
    }[];
  }[];
  readonly phases: readonly PrintedPhase[];
  readonly rules: readonly Rule<never>[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const both = ({ zh, en }: Words): string => (zh === en ? cell(zh) : `${cell(zh)}<br>${cell(en)}`);
const title = ({ zh, en }: Words): string => `${zh} · ${en}`;
const code = (text: string): string => `\`${text}\``;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** CON-C5 stands before CON-C12: runs of digits are compared as numbers. */
function byId(a: string, b: string): number {
  const parts = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
  return parts(a) < parts(b) ? -1 : 1;
}

const anchor = (id: string): string => `<a id="${id.toLowerCase()}"></a>${code(id)}`;

function printedRules(book: Book): string {
  const sorted = [...ruleRows(book.rules, book)].sort((a, b) => byId(a.id, b.id));
  return table(
    ['编号 Id', '规则 Rule', '依据、把握、施行 Source, how sure, since', '在何处 Where it bites', '数字 Figures', '拒绝 Refusal'],
    sorted.map((each) => [
      anchor(each.id),
      both(each.says),
      `${both(each.source)}<br>${each.certainty}，${each.since}`,
      `${each.acts.map(({ name }) => code(name)).join(' ')}<br>${each.lines.join(', ') || '全部门类 every line'}`,
      each.figures.map(code).join(' ') || '–',
      `[${code(each.problem)}](problems.md#${each.problem})`,
    ]),
  );
}

/** What may be set for a line or a region, how far, and which goes first. */
const printedLocal = (): string =>
  [
    `${anchor(precedence.id)} ${both(precedence.says)}`,
    table(
      ['键与值 Key and value', '可规定的范围 May be set'],
      localKeys.map((key) => {
        const row = newestParameter(key);
        return [`${code(key)}<br>${both(valueInWords(row))}`, both(boundsOf(row))];
      }),
    ),
  ].join('\n\n');

const printedCounting = (): string =>
  table(
    ['编号 Id', '规则 Rule', '依据 Source'],
    counting.map((each) => [anchor(each.id), both(each.says), both(each.source)]),
  );

const inForce = (each: Parameter): string => `${each.inForceFrom} –${each.inForceTo === null ? '' : ` ${each.inForceTo}`}`;

function printedParameters(): string {
  const rows = [...(parameters as readonly Parameter[])].sort((a, b) =>
    a.key === b.key ? (a.inForceFrom < b.inForceFrom ? -1 : 1) : a.key < b.key ? -1 : 1,
  );
  const groups = Map.groupBy(rows, (each) => each.key.split('.')[0] ?? '');
  return [...groups]
    .flatMap(([prefix, figures]) => {
      const about = figureGroups[prefix];
      return [
        `### ${about ? title(about) : prefix}`,
        table(
          ['键与值 Key and value', '说明 Says', '依据与施行 Source, in force', '把握 Sure', '作用 Bites'],
          figures.map((each) => [
            `${code(each.key)}<br>${both(valueInWords(each))}`,
            both(sentence(each)),
            `${both(each.source)}<br>${inForce(each)}`,
            each.certainty,
            both(each.bites),
          ]),
        ),
      ];
    })
    .join('\n\n');
}

function printedCalendar(): string {
  return calendarYears
    .map((year) =>
      [
        `### ${year.year}`,
        `${year.source.zh}<br>${year.source.en}`,
        table(
          ['节日 Holiday', '工作日放假 Weekdays off', '周末上班 Weekend days worked'],
          year.holidays.map((each) => [both(each.name), each.rest || '–', each.work || '–']),
        ),
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** Ends that are reached from almost everywhere: they stand in the table and would only cover the picture. */
const ends = ['failed', 'terminated'];

function phaseDiagram(phases: readonly PrintedPhase[]): string {
  const arrows = phases.flatMap((each) =>
    Object.entries(each.leadsTo).flatMap(([event, to]) => (ends.includes(to) ? [] : [`  ${each.code} --> ${to}: ${event}`])),
  );
  return ['```mermaid', 'stateDiagram-v2', ...arrows, '```'].join('\n');
}

function printedPhases(phases: readonly PrintedPhase[]): string {
  const rows = phases.map((each) => [
    `${code(each.code)}<br>${both(each.title)}`,
    `${each.state}<br>${each.ocds}`,
    each.allows.map(code).join(' ') || '–',
    Object.entries(each.leadsTo)
      .map(([event, to]) => `${code(event)} → ${code(to)}`)
      .join('<br>') || '–',
  ]);
  const law = `${anchor('PHASE')} 标段所处阶段不允许的操作，一律拒绝。<br>An act that the phase of the lot does not allow is refused.`;
  return [law, phaseDiagram(phases), table(['阶段 Phase', '状态 State, OCDS', '允许的操作 Acts allowed', '事件引向 Leads to'], rows)].join(
    '\n\n',
  );
}

const isKey = (key: string): key is ParameterKey => (parameters as readonly Parameter[]).some((each) => each.key === key);
const presentValue = (key: string): string => (isKey(key) ? both(valueInWords(newestParameter(key))) : '–');

function printedFigures(figures: object): readonly (readonly string[])[] {
  return Object.entries(figures).flatMap(([name, key]) =>
    key === null
      ? []
      : typeof key === 'string'
        ? [[name, code(key), presentValue(key)]]
        : Object.entries(key as Readonly<Record<string, string>>).map(([part, inner]) => [
            `${name}.${part}`,
            code(inner),
            presentValue(inner),
          ]),
  );
}

const printedProcedure = ({ title: name, says, source, editions }: Book['lines'][number]['procedures'][number]): string =>
  [`**${title(name)}**: ${both(says)}（${both(source)}）`, ...editions.map(printedEdition)].join('\n\n');

function printedEdition(edition: PrintedEdition): string {
  const rules = Object.entries(edition.rules as Readonly<Record<string, readonly Rule<never>[]>>);
  const limits = Object.entries(edition.limits as Readonly<Record<string, TimeLimit>>);
  return [
    `### ${title(edition.title)}`,
    `${code(edition.id)}，${edition.inForceFrom} –${edition.inForceTo === null ? '' : ` ${edition.inForceTo}`}`,
    `**阶段 Phases**: ${edition.phases.map(code).join(' → ')}`,
    `**评标委员会 Panel**: ${edition.panel.size} 人，其中专家 ${edition.panel.experts} 人 · ${edition.panel.size} members, ${edition.panel.experts} of them experts`,
    '#### 何时适用何规则 · Which rules are asked when',
    table(
      ['时点 When', '规则 Rules'],
      rules.map(([when, list]) => [when, list.map(({ id }) => `[${code(id)}](#${id.toLowerCase()})`).join(' ')]),
    ),
    '#### 本版本的参数 · Figures of this edition',
    table(['问题 Question', '参数 Parameter', '现值 Present value'], printedFigures(edition.parameters)),
    '#### 期限 · Time limits (late is a breach and an alert, never a refusal)',
    table(
      ['期限 Limit', '说明 Says', '依据 Source', '逾期 Otherwise'],
      limits.map(([name, limit]) => [name, both(limit.says), both(limit.source), both(limit.otherwise)]),
    ),
    '#### 评标办法 · Award methods',
    table(
      ['评标办法 Method', '说明 Says', '依据 Source'],
      edition.methods.map((each) => [both(each.title), both(each.says), both(each.source)]),
    ),
    '#### 评审项 · Review items',
    table(
      ['评审项 Review item', '否决情形 A bid fails when', '依据 Source'],
      edition.items.map((each) => [both(each.title), both(each.says), both(each.source)]),
    ),
    '#### 投标文件 · The bid form',
    table(
      ['投标字段 Bid field', '类型 Kind', '必填 Required', '唱标 Read out'],
      edition.bidForm.map((each) => [both(each.label), each.kind, each.required ? '✓' : '', each.read ? '✓' : '']),
    ),
  ].join('\n\n');
}

const opening = [
  '# 规则书 · Rulebook',
  '平台适用的全部规则、参数、阶段和日历，逐条注明依据。页面和接口拒绝办理时引用的编号都在这里。',
  'Every rule, figure, phase and calendar the platform applies, each with its source. The id that a refusal names is found here.',
  '<!-- Generated by `npm run docs`; CI compares. -->',
] as const;

/**
 * The rulebook as one Markdown page (docs/rulebook.md): rules, figures, calendar, phases, editions per line. Pure: the same
 * declarations give the same bytes, so a drift check can compare.
 */
export function rulebookMarkdown(book: Book): string {
  const certainty = table(
    ['标记 Mark', '含义 Meaning'],
    Object.entries(certainties).map(([mark, words]) => [mark, both(words)]),
  );
  const sections: readonly (readonly [string, string])[] = [
    ['规则 · Rules', printedRules(book)],
    ['期间的计算 · How periods are counted', printedCounting()],
    ['阶段表 · Phases', printedPhases(book.phases)],
    ...book.lines.map((line) => [title(line.title), [both(line.says), ...line.procedures.map(printedProcedure)].join('\n\n')] as const),
    ['参数 · Figures', `把握程度 · How sure a figure is\n\n${certainty}\n\n${printedParameters()}`],
    ['另行规定 · Figures set for a line or a region', printedLocal()],
    ['工作日历 · Working-day calendar', printedCalendar()],
  ];
  return `${[...opening, ...sections.flatMap(([heading, text]) => [`## ${heading}`, text])].join('\n\n')}\n`;
}
