import { Fraction } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';

/** On what somebody is appraised, each from 1 to 5 (XE-10). Data: a further dimension is a row. */
export interface Dimension {
  readonly id: string;
  readonly says: Words;
}

export const expertDimensions = [
  { id: 'duty', says: { zh: '履行职责、到场守时', en: 'Duty and punctuality' } },
  { id: 'fairness', says: { zh: '客观公正、独立评审', en: 'Fairness and independence' } },
  { id: 'skill', says: { zh: '专业水平', en: 'Professional skill' } },
  { id: 'discipline', says: { zh: '评标纪律', en: 'Discipline' } },
] as const satisfies readonly Dimension[];

export const agentDimensions = [
  { id: 'documents', says: { zh: '招标文件质量', en: 'Quality of the documents' } },
  { id: 'neutrality', says: { zh: '无倾向性引导', en: 'No inclined guidance' } },
  { id: 'organisation', says: { zh: '评标组织与服务', en: 'Organisation and service' } },
] as const satisfies readonly Dimension[];

/** best and worst */
export const scale = { from: 1, to: 5 } as const;

/** The mean of so many scores with this sum, with two places; null without any. Halves are rounded up. */
export const meanText = (sum: number, count: number): string | null => (count === 0 ? null : Fraction.of(sum, count).print(2));
export const meanOf = (scores: readonly number[]): string | null =>
  meanText(
    scores.reduce((all, score) => all + score, 0),
    scores.length,
  );
