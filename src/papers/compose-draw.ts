import { groundWords } from '../experts/call.ts';
import { rungNames, rungs } from '../experts/reach.ts';
import { recusalGrounds } from '../experts/recusal.ts';
import type { Words } from '../kernel/words.ts';
import { type DrawTranscript, eligibleFor } from '../sealing/draw.ts';
import { anchorOf, commonOf, councilOf, sourceOf } from './compose-facts.ts';
import { type CompletedDraw, completedDraws, type DrawnExpert, drawnExperts, seedOf } from './draw-facts.ts';
import type { DrawRecord } from './draw-record.ts';
import type { History } from './history.ts';
import type { Names } from './names.ts';

/**
 * 抽取记录 of an expert draw. Following `draw.completed` it is the masked edition; following `experts.revealed` the final one, with the
 * names of all who were called and what they answered.
 */
export function composeDrawRecord(history: History, names: Names): DrawRecord {
  const source = sourceOf<'draw.completed' | 'experts.revealed'>(history);
  const draws = completedDraws(history, 'experts');
  const isOf = ({ request }: CompletedDraw): boolean =>
    'transcript' in source.data ? request.id === (source.data.transcript as DrawTranscript).request.id : request.id === source.data.request;
  const at = draws.findIndex(isOf);
  const draw = draws[at];
  if (!draw) throw new Error('the draw of this record was never asked');
  const revealed = 'experts' in source.data ? source.data.experts : null;
  const common = commonOf(history, names, 'draw-record', draws.length > 1 || at > 0 ? at + 1 : undefined);
  const { request, requested, completed } = draw;
  return {
    ...common,
    number: revealed ? `${common.number}（公开版）` : common.number,
    edition: revealed ? 'final' : 'masked',
    draw: {
      id: request.id,
      purpose: { zh: '评标专家抽取', en: 'experts of the panel' },
      requestedAt: requested.at,
      completedAt: completed.at,
      digest: requested.data.digest,
      seed: seedOf(draw),
    },
    conditions: conditionsOf(draw, names),
    excluded: Object.entries(requested.data.excluded).map(([id, count]) => ({ ground: exclusionWords(id), count: String(count) })),
    seats: request.seats.map(({ specialty, count, reserve }) => ({
      specialty: specialtyWords(specialty, names),
      code: specialty,
      count,
      reserve,
      eligible: eligibleFor(request, specialty),
    })),
    called: drawnExperts(history, draw).map((each) => ({
      code: each.specialty,
      place: each.place + 1,
      expert: each.expert,
      ...stateOf(each),
      ...nameOf(each, revealed, history),
    })),
    parameters: request.parameters.map(({ name, choices }) => ({
      name,
      choices: [...choices],
      choice: (completed.data.transcript as DrawTranscript).parameters[name] ?? '',
    })),
    trustees: trusteesOf(history, draw),
    journal: anchorOf(names),
  };
}

export const specialtyWords = (code: string, { edition }: Names): Words =>
  edition.panel.specialties.find((each) => each.code === code)?.title ?? { zh: code, en: code };

function conditionsOf({ requested, request }: CompletedDraw, names: Names): Words {
  const seats = request.seats.map(({ specialty, count }) => ({
    words: reachWords(specialty, requested.data.reach?.[specialty]?.rung, names),
    count,
  }));
  const again: Words = requested.data.ground
    ? { zh: `再次抽取，理由：${requested.data.ground}。`, en: ` Drawn again: ${requested.data.ground}.` }
    : { zh: '', en: '' };
  return {
    zh: `${again.zh}专业：${seats.map(({ words, count }) => `${words.zh} ${count} 人`).join('、')}；回避由平台按规定自动排除，任何人不得指定或者排除专家；同一单位不超过 1 人。`,
    en: `Specialties: ${seats.map(({ words, count }) => `${words.en} ${count}`).join(', ')}. Exclusions are the platform's, by rule; nobody names or strikes anybody; at most one expert of an employer.${again.en}`,
  };
}

/** A seat's specialty, and where its experts were looked for beyond the specialty itself. */
function reachWords(specialty: string, rung: string | undefined, names: Names): Words {
  const words = specialtyWords(specialty, names);
  const reach = rungs.find((each) => each === rung);
  if (reach === undefined || reach === 'province') return words;
  return { zh: `${words.zh}（${rungNames[reach].zh}）`, en: `${words.en} (${rungNames[reach].en})` };
}

function exclusionWords(id: string): Words {
  const ground = recusalGrounds.find((each) => each.id === id);
  return ground ? { zh: `${ground.says.zh}（${id}）`, en: ground.says.en } : { zh: id, en: id };
}

function stateOf({ state, ground, at }: DrawnExpert): Pick<DrawRecord['called'][number], 'state' | 'ground' | 'at'> {
  if (state !== 'declined') return { state, ground: null, at };
  if (ground === 'no-answer') return { state: 'silent', ground: null, at };
  if (ground === 'recused') return { state: 'recused', ground: null, at };
  return { state: 'declined', ground: ground === null ? null : groundWords(ground), at };
}

type Revealed = readonly { readonly expert: string; readonly record: unknown }[];

/** Name and employer, in the final edition and of those who were called; those who only stood by stay unknown. */
function nameOf({ expert }: DrawnExpert, revealed: Revealed | null, history: History): { name: string | null; employer: string | null } {
  const record = revealed?.find((each) => each.expert === expert)?.record as { name: string; employer: string } | undefined;
  if (!record) return { name: null, employer: null };
  const employer = history.all('organisation.registered').find(({ data }) => data.code === record.employer)?.data.name;
  return { name: record.name, employer: employer ?? record.employer };
}

/** When each trustee gave the share that stands in the transcript: recognised by its proof. */
function trusteesOf(history: History, { completed }: CompletedDraw): DrawRecord['trustees'] {
  const { shares } = completed.data.transcript as DrawTranscript;
  const given = history.all('share.given');
  return councilOf(history).trustees.map(({ index, name }) => {
    const proof = shares.find((share) => share.trustee === index)?.proof;
    return { name, gaveAt: given.find(({ data }) => data.trustee === index && data.proof === proof)?.at ?? null };
  });
}
