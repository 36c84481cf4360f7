import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { View } from '../view.ts';
import { type HallScene, stageOfHall, status } from './hall.ts';
import { layersClock } from './layers.ts';
import { orderNotice } from './order-notice.ts';
import { stopNotice } from './suspension.ts';

/**
 * The hall on the large screen of a room (GET /lots/:lot/screen): what is read now, and nothing else, legible from the last row. It moves by itself and
 * speaks when its switch is pressed; nobody acts on it.
 */
export function screen(view: View, scene: HallScene): Html {
  const back = scene.session?.id ? `/halls/${scene.session.id}` : `/lots/${scene.lot}/hall`;
  const follows = (scene.session?.lots ?? [{ id: scene.lot }]).map(({ id }) => id).join(' ');
  return layout(view, {
    title: `${view.t({ zh: '开标大屏', en: 'Hall screen' })} · ${scene.name}`,
    wide: true,
    section: '/openings',
    scripts: ['live.js'],
    main: html`<div class="hall-screen" data-follows="${follows}">
<div class="hall-screen-head">${part.live('lot', html`<h1>${scene.name}</h1><p class="sub">${scene.number}</p>`)}<div class="form-actions">${part.live('status', status(view, scene))}${part.speechSwitch(view)}<a class="btn btn-sm" href="${back}">${view.t({ zh: '大厅', en: 'Hall' })}</a></div></div>
${part.live('order', html`${stopNotice(view, scene.stop ?? null)}${scene.order ? orderNotice(view, scene.order) : nothing}`)}
${part.live('reading', stageOfHall(view, scene), true)}
${part.live('layers', scene.layers?.open ? part.card(view, { body: html`<div class="stack">${layersClock(view, scene.layers)}</div>` }) : nothing)}
</div>`,
  });
}
