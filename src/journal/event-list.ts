import { appraisalEvents } from './appraisal-events.ts';
import { contractEvents } from './contract-events.ts';
import { dossierEvents } from './dossier-events.ts';
import { entryEvents } from './entry-events.ts';
import type { EventSpec } from './event-spec.ts';
import { expertEvents } from './expert-events.ts';
import { frameworkEvents } from './framework-events.ts';
import { houseEvents } from './house-events.ts';
import { layerEvents } from './layer-events.ts';
import { negotiationEvents } from './negotiation-events.ts';
import { resultEvents } from './result-events.ts';
import { securityEvents } from './security-events.ts';
import { sheetEvents } from './sheet-events.ts';
import { standstillEvents } from './standstill-events.ts';
import { tenderEvents } from './tender-events.ts';

/**
 * The closed list of events: the only words in which the platform's history is written. Each type says what it carries,
 * who may see it, and from which moment of its lot on. A new type that does not say who sees it does not compile.
 */
export const events = {
  ...houseEvents,
  ...tenderEvents,
  ...standstillEvents,
  ...entryEvents,
  ...dossierEvents,
  ...expertEvents,
  ...layerEvents,
  ...negotiationEvents,
  ...resultEvents,
  ...contractEvents,
  ...frameworkEvents,
  ...sheetEvents,
  ...securityEvents,
  ...appraisalEvents,
} as const satisfies Record<string, EventSpec>;
