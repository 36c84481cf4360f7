import { base64url } from '../kernel/bytes.ts';
import type { DrawPurpose } from '../openings/draw-purpose.ts';
import { type AnyDrawRequest, type DrawTranscript, openDraw } from '../sealing/draw.ts';
import type { History, Told } from './history.ts';

/** A draw of the lot that the council has answered. */
export interface CompletedDraw {
  readonly request: AnyDrawRequest;
  readonly requested: Told<'draw.requested'>;
  readonly completed: Told<'draw.completed'>;
}

/** The completed draws for a purpose, in the order in which they were asked. */
export function completedDraws(history: History, purpose: DrawPurpose): readonly CompletedDraw[] {
  return history
    .all('draw.requested')
    .filter(({ data }) => data.purpose === purpose)
    .flatMap((requested) => {
      const request = requested.data.request as AnyDrawRequest;
      const completed = history.all('draw.completed').find(({ data }) => (data.transcript as DrawTranscript).request.id === request.id);
      return completed ? [{ request, requested, completed }] : [];
    });
}

/** The seed, worked out again from the trustees' answers: a transcript that does not lead to one makes no paper. */
export function seedOf({ completed }: CompletedDraw): string {
  const { request, council, shares } = completed.data.transcript as DrawTranscript;
  const opened = openDraw(request, council, shares);
  if (!opened.ok) throw opened.problem;
  return base64url(opened.seed);
}

/** One expert of a draw: its place in the ticket order of its seat, and what has become of it so far. */
export interface DrawnExpert {
  readonly request: string;
  readonly specialty: string;
  readonly expert: string;
  /** from 0 */
  readonly place: number;
  readonly state: 'drawn' | 'standby' | 'called' | 'accepted' | 'declined';
  /** why it does not come */
  readonly ground: string | null;
  readonly calledAt: string | null;
  /** of the state */
  readonly at: string | null;
}

/** Everyone a draw names, called beyond its reserve included, in the order of its seats. */
export function drawnExperts(history: History, { request, completed }: CompletedDraw): readonly DrawnExpert[] {
  const { called, reserve } = completed.data.transcript as DrawTranscript;
  const mine = history.all('expert.called', 'expert.accepted', 'expert.declined').filter(({ data }) => data.request === request.id);
  return request.seats.flatMap(({ specialty }) => {
    const first = called[specialty] ?? [];
    const named = [...first, ...(reserve[specialty] ?? [])];
    const beyond = mine.filter(
      ({ type, data }) => type === 'expert.called' && data.specialty === specialty && !named.includes(data.expert),
    );
    return [...named, ...beyond.map(({ data }) => data.expert)].map((expert, place): DrawnExpert => {
      const told = mine.filter(({ data }) => data.specialty === specialty && data.expert === expert);
      const last = told.at(-1);
      return {
        request: request.id,
        specialty,
        expert,
        place,
        state: last ? stateOf(last.type) : place < first.length ? 'drawn' : 'standby',
        ground: last?.type === 'expert.declined' ? (last.data as Told<'expert.declined'>['data']).ground : null,
        calledAt: told.find(({ type }) => type === 'expert.called')?.at ?? null,
        at: last?.at ?? null,
      };
    });
  });
}

const states = { 'expert.called': 'called', 'expert.accepted': 'accepted', 'expert.declined': 'declined' } as const;
const stateOf = (type: keyof typeof states): (typeof states)[keyof typeof states] => states[type];
