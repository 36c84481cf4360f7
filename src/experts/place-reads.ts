import type { EntityManager } from '@mikro-orm/postgresql';
import type { Words } from '../kernel/words.ts';
import { regionName } from '../parties/region.ts';
import { Lot, Project } from '../tenders/schema.ts';

/** Where the experts of these lots are asked to: the trading centre of the city. Of the tender itself a call says nothing. */
export async function placesOf(
  em: EntityManager,
  seats: readonly { readonly lot: string }[],
): Promise<(seat: { readonly lot: string }) => Words> {
  const lots = await em.find(Lot, { id: { $in: [...new Set(seats.map((seat) => seat.lot))] } }, { fields: ['id', 'project'] });
  const projects = await em.find(Project, { id: { $in: lots.map((lot) => lot.project) } }, { fields: ['id', 'region'] });
  const byId = new Map(projects.map((project) => [project.id, project.region]));
  const regions = new Map(lots.map((lot) => [lot.id, byId.get(lot.project) ?? '']));
  return ({ lot }) => {
    const city = regionName(`${(regions.get(lot) ?? '').slice(0, 4)}00`);
    return { zh: `${city.zh}公共资源交易中心（线上评标）`, en: `Public resource trading centre, ${city.en} (online)` };
  };
}
