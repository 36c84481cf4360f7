import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

/** A figure set by an administrator for a line, a region or both. What was set is never changed; it is withdrawn before its day or ended later. */
const FigureOverrideSchema = defineEntity({
  name: 'FigureOverride',
  tableName: 'figure_override',
  properties: {
    id: p.uuid().primary(),
    /** key of the rulebook's row */
    key: p.string().length(60),
    /** in the row's unit, as the row writes it */
    value: p.string().length(20),
    /** id of a line of trade; null: every line */
    line: p.string().length(40).nullable(),
    /** code of a region; null: everywhere */
    region: p.string().length(6).nullable(),
    reason: p.string().length(500),
    inForceFrom: p.string().length(10),
    /** first day on which it no longer holds */
    inForceTo: p.string().length(10).nullable(),
    setAt: instant(),
    withdrawnAt: instant().nullable(),
    /** why it was withdrawn or ended */
    endedFor: p.string().length(500).nullable(),
  },
});
export class FigureOverride extends FigureOverrideSchema.class {}
FigureOverrideSchema.setClass(FigureOverride);

export const rulebookEntities = [FigureOverride] as const;
