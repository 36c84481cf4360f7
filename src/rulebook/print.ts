import type { Rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { calendarYears } from './calendar-data.ts';
import type { Edition } from './edition.ts';
import type { TimeLimit } from './figure-rule.ts';
import { certainties, type Parameter, sentence, valueInWords } from './parameter.ts';
import { parameters } from './parameters.ts';

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
    readonly editions: readonly PrintedEdition[];
  }[];
  readonly phases: readonly PrintedPhase[];
  readonly rules: readonly Rule<never>[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const both = (words: Words): string => `${cell(words.zh)}<br>${cell(words.en)}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

function printedRules(rules: readonly Rule<never>[]): string {
  return table(
    ['编号 Id', '规则 Rule', '依据 Source', '拒绝 Refusal'],
    rules.map((each) => [`\`${each.id}\``, both(each.says), both(each.source), `\`${each.problem().problem}\``]),
  );
}

const held = (each: Parameter): string => `${each.inForceFrom} –${each.inForceTo === null ? '' : ` ${each.inForceTo}`}`;

function printedParameters(): string {
  const rows = [...(parameters as readonly Parameter[])].sort((a, b) =>
    a.key === b.key ? (a.inForceFrom < b.inForceFrom ? -1 : 1) : a.key < b.key ? -1 : 1,
  );
  return table(
    ['键 Key', '值 Value', '说明 Says', '依据 Source', '把握 Sure', '施行 In force', '作用 Bites'],
    rows.map((each) => [
      `\`${each.key}\``,
      both(valueInWords(each)),
      both(sentence(each)),
      both(each.source),
      each.certainty,
      held(each),
      both(each.bites),
    ]),
  );
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

function printedPhases(phases: readonly PrintedPhase[]): string {
  return table(
    ['阶段 Phase', '名称 Title', '状态 State', 'OCDS', '允许 Allows', '转移 Leads to'],
    phases.map((each) => [
      `\`${each.code}\``,
      both(each.title),
      each.state,
      each.ocds,
      each.allows.map((act) => `\`${act}\``).join(' ') || '–',
      Object.entries(each.leadsTo)
        .map(([event, to]) => `\`${event}\` → \`${to}\``)
        .join('<br>') || '–',
    ]),
  );
}

function printedFigures(figures: object): readonly (readonly string[])[] {
  return Object.entries(figures).flatMap(([name, key]) =>
    typeof key === 'string'
      ? [[name, `\`${key}\``]]
      : Object.entries(key as Readonly<Record<string, string>>).map(([part, inner]) => [`${name}.${part}`, `\`${inner}\``]),
  );
}

function printedEdition(edition: PrintedEdition): string {
  const rules = Object.entries(edition.rules as Readonly<Record<string, readonly Rule<never>[]>>);
  const limits = Object.entries(edition.limits as Readonly<Record<string, TimeLimit>>);
  return [
    `### ${edition.title.zh} · ${edition.title.en}`,
    `\`${edition.id}\`，${edition.inForceFrom} – ${edition.inForceTo ?? ''}`,
    `阶段 Phases: ${edition.phases.map((each) => `\`${each}\``).join(' → ')}`,
    `评标委员会 Panel: ${edition.panel.size} / 专家 experts ${edition.panel.experts}`,
    table(['问题 Question', '参数 Parameter'], printedFigures(edition.parameters)),
    table(
      ['时点 When', '规则 Rules'],
      rules.map(([when, list]) => [when, list.map(({ id }) => `\`${id}\``).join(' ')]),
    ),
    table(
      ['期限 Limit', '说明 Says', '依据 Source', '逾期 Otherwise'],
      limits.map(([name, limit]) => [name, both(limit.says), both(limit.source), both(limit.otherwise)]),
    ),
    table(
      ['评标办法 Method', '说明 Says', '依据 Source'],
      edition.methods.map((each) => [both(each.title), both(each.says), both(each.source)]),
    ),
    table(
      ['评审项 Review item', '否决情形 A bid fails when', '依据 Source'],
      edition.items.map((each) => [both(each.title), both(each.says), both(each.source)]),
    ),
    table(
      ['投标字段 Bid field', '类型 Kind', '必填 Required', '唱标 Read out'],
      edition.bidForm.map((each) => [both(each.label), each.kind, each.required ? '✓' : '', each.read ? '✓' : '']),
    ),
  ].join('\n\n');
}

/**
 * The rulebook as one Markdown page (docs/rulebook.md): rules, figures, calendar, phases, editions per line. Pure: the same
 * declarations give the same bytes, so a drift check can compare.
 */
export function rulebookMarkdown(book: Book): string {
  const sections: readonly (readonly [string, string])[] = [
    ['规则 · Rules', printedRules(book.rules)],
    [
      '把握程度 · How sure',
      table(
        ['标记 Mark', '含义 Meaning'],
        Object.entries(certainties).map(([mark, words]) => [mark, both(words)]),
      ),
    ],
    ['参数 · Figures', printedParameters()],
    ['阶段表 · Phases', printedPhases(book.phases)],
    ...book.lines.map(
      (line) => [`${line.title.zh} · ${line.title.en}`, [both(line.says), ...line.editions.map(printedEdition)].join('\n\n')] as const,
    ),
    ['工作日历 · Working-day calendar', printedCalendar()],
  ];
  return [
    '# 规则书 · Rulebook',
    '本页由 `node src/cli.ts docs` 生成，请勿手工修改。<br>Generated by `node src/cli.ts docs`; do not edit by hand.',
    ...sections.flatMap(([title, text]) => [`## ${title}`, text]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
