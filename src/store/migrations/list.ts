import type { Migration } from '@mikro-orm/migrations';
import { Migration0001 } from './0001-base.ts';
import { Migration0002 } from './0002-rooms.ts';
import { Migration0004 } from './0004-orders.ts';
import { Migration0005 } from './0005-certificates.ts';
import { Migration0006 } from './0006-commitments.ts';
import { Migration0008 } from './0008-journal-role.ts';
import { Migration0010 } from './0010-suite.ts';
import { Migration0011 } from './0011-venues.ts';
import { Migration0020 } from './0020-ceremonies.ts';
import { Migration0021 } from './0021-authorities.ts';
import { Migration0022 } from './0022-clients.ts';
import { Migration0023 } from './0023-probes.ts';
import { Migration0024 } from './0024-hall-signatures.ts';
import { Migration0025 } from './0025-layers.ts';
import { Migration0026 } from './0026-turns.ts';
import { Migration0034 } from './0034-opening-sessions.ts';
import { Migration0035 } from './0035-platform-suspensions.ts';
import { Migration0040 } from './0040-reading-draws.ts';
import { Migration0045 } from './0045-remedies.ts';
import { Migration0050 } from './0050-pool.ts';
import { Migration0051 } from './0051-specialties.ts';
import { Migration0052 } from './0052-control.ts';
import { Migration0060 } from './0060-evaluation-desks.ts';
import { Migration0061 } from './0061-desk-notes.ts';
import { Migration0065 } from './0065-report-stances.ts';
import { Migration0066 } from './0066-enquiries.ts';
import { Migration0067 } from './0067-silent-parts.ts';
import { Migration0068 } from './0068-expert-records.ts';
import { Migration0069 } from './0069-expert-admission.ts';
import { Migration0071 } from './0071-wider-draws.ts';
import { Migration0072 } from './0072-expert-sheets.ts';
import { Migration0074 } from './0074-call-messages.ts';
import { Migration0075 } from './0075-appraisals.ts';
import { Migration0078 } from './0078-sealed-sheets.ts';
import { Migration0080 } from './0080-pseudonyms.ts';
import { Migration0082 } from './0082-part-stances.ts';
import { Migration0083 } from './0083-evaluation-versions.ts';
import { Migration0084 } from './0084-panel-votes.ts';
import { Migration0085 } from './0085-annual-reviews.ts';
import { Migration0091 } from './0091-figure-overrides.ts';

/** Every migration in order; one that has been released is never changed, only followed by another. */
export const migrationsList: readonly {
  readonly name: string;
  readonly class: new (...given: ConstructorParameters<typeof Migration>) => Migration;
}[] = [
  { name: '0001-base', class: Migration0001 },
  { name: '0002-rooms', class: Migration0002 },
  { name: '0004-orders', class: Migration0004 },
  { name: '0005-certificates', class: Migration0005 },
  { name: '0006-commitments', class: Migration0006 },
  { name: '0008-journal-role', class: Migration0008 },
  { name: '0010-suite', class: Migration0010 },
  { name: '0011-venues', class: Migration0011 },
  { name: '0020-ceremonies', class: Migration0020 },
  { name: '0021-authorities', class: Migration0021 },
  { name: '0022-clients', class: Migration0022 },
  { name: '0023-probes', class: Migration0023 },
  { name: '0024-hall-signatures', class: Migration0024 },
  { name: '0025-layers', class: Migration0025 },
  { name: '0026-turns', class: Migration0026 },
  { name: '0034-opening-sessions', class: Migration0034 },
  { name: '0035-platform-suspensions', class: Migration0035 },
  { name: '0040-reading-draws', class: Migration0040 },
  { name: '0045-remedies', class: Migration0045 },
  { name: '0050-pool', class: Migration0050 },
  { name: '0051-specialties', class: Migration0051 },
  { name: '0052-control', class: Migration0052 },
  { name: '0060-evaluation-desks', class: Migration0060 },
  { name: '0061-desk-notes', class: Migration0061 },
  { name: '0065-report-stances', class: Migration0065 },
  { name: '0066-enquiries', class: Migration0066 },
  { name: '0067-silent-parts', class: Migration0067 },
  { name: '0068-expert-records', class: Migration0068 },
  { name: '0069-expert-admission', class: Migration0069 },
  { name: '0071-wider-draws', class: Migration0071 },
  { name: '0072-expert-sheets', class: Migration0072 },
  { name: '0074-call-messages', class: Migration0074 },
  { name: '0075-appraisals', class: Migration0075 },
  { name: '0078-sealed-sheets', class: Migration0078 },
  { name: '0080-pseudonyms', class: Migration0080 },
  { name: '0082-part-stances', class: Migration0082 },
  { name: '0083-evaluation-versions', class: Migration0083 },
  { name: '0084-panel-votes', class: Migration0084 },
  { name: '0085-annual-reviews', class: Migration0085 },
  { name: '0091-figure-overrides', class: Migration0091 },
];
