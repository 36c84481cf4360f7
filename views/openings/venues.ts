import type { BookingShown, CalendarAnswer, VenueShown } from '../../src/openings/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Instant, Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '场地日历', en: 'Halls and rooms' },
  below: {
    zh: '开标厅向所有人公开；评标室只有相关方看得到。同一场地同一时间只能预订一次，由数据库保证。',
    en: 'Opening halls are public; evaluation rooms are shown to those concerned. No place is booked twice for a moment: the database sees to it.',
  },
  week: { zh: '一周场地', en: 'The week' },
  place: { zh: '场地', en: 'Place' },
  before: { zh: '上一周', en: 'Week before' },
  after: { zh: '下一周', en: 'Week after' },
  none: { zh: '还没有登记场地', en: 'No hall or room is registered yet' },
  noneSays: { zh: '网上开标大厅随时可用，不需要预订。', en: 'The hall on the network is always there and needs no booking.' },
  misfit: { zh: '与开标时间不符', en: 'no longer fits the opening' },
  misfitHint: { zh: '带 ● 的与开标时间不符', en: 'those with ● no longer fit the opening' },
  virtual: { zh: '网上', en: 'on the network' },
  seats: { zh: '{seats} 座', en: '{seats} seats' },
  book: { zh: '预订场地', en: 'Book a place' },
  lot: { zh: '标段', en: 'Lot' },
  lotHint: { zh: '带 ● 的还没有开标厅', en: 'those with ● have no hall yet' },
  purpose: { zh: '用途', en: 'For' },
  from: { zh: '开始', en: 'From' },
  until: { zh: '结束', en: 'Until' },
  release: { zh: '释放', en: 'Give back' },
  reason: { zh: '原因', en: 'Reason' },
  released: { zh: '释放预订', en: 'Give a booking back' },
  booking: { zh: '预订', en: 'Booking' },
  register: { zh: '登记场地', en: 'Register a place' },
  name: { zh: '名称', en: 'Name' },
  kind: { zh: '类型', en: 'Kind' },
  address: { zh: '地址或网址', en: 'Address' },
  seatsOf: { zh: '座位数', en: 'Seats' },
  devices: { zh: '屏幕与设备', en: 'Displays and devices' },
  devicesHint: { zh: '以逗号分隔：大屏、高拍仪、监控', en: 'separated by commas: wall display, document camera, recording' },
  isVirtual: { zh: '网上场地', en: 'A place on the network' },
  stopAll: { zh: '全部开标暂停', en: 'Suspend all openings' },
  close: { zh: '停用', en: 'Take out of use' },
  closeSays: {
    zh: '停用后不再出现在日历上；有未结束的预订时不能停用。',
    en: 'It leaves the calendar. A place that is still booked stays.',
  },
} satisfies Texts;

const kinds: Readonly<Record<VenueShown['kind'], Words>> = {
  hall: { zh: '开标厅', en: 'Opening hall' },
  room: { zh: '评标室', en: 'Evaluation room' },
};
const purposes: Readonly<Record<BookingShown['purpose'], Words>> = {
  opening: { zh: '开标', en: 'Opening' },
  evaluation: { zh: '评标', en: 'Evaluation' },
};

/** A week of places and who has them; the trading centre books, gives back and registers here. */
export function venuesPage(view: View, data: CalendarAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    wide: true,
    main: html`${part.pageHead(view, {
      title: say.title,
      below: view.t(say.below),
      beside: html`<div class="form-actions"><a class="btn btn-sm" href="/venues?from=${data.before}">${view.t(say.before)}</a><a class="btn btn-sm" href="/venues?from=${data.after}">${view.t(say.after)}</a>${data.mayBook ? html`<a class="btn btn-sm" href="/suspension">${view.t(say.stopAll)}</a>` : nothing}</div>`,
    })}
${part.card(view, { flush: true, body: calendar(view, data) })}
${data.mayBook ? desk(view, data) : nothing}`,
  });
}

function calendar(view: View, data: CalendarAnswer): Html {
  return part.table(view, {
    caption: say.week,
    columns: [
      { label: say.place, cell: (venue) => placeCell(view, venue), phone: 'head' },
      ...data.days.map((day): part.Column<VenueShown> => {
        const midnight = new Date(`${day}T00:00:00+08:00`).getTime();
        const title = part.timeText(view.lang, new Date(midnight).toISOString() as Instant, 'day', view.now);
        const here = (booking: BookingShown): boolean =>
          Date.parse(booking.from) < midnight + 86_400_000 && Date.parse(booking.until) > midnight;
        return {
          label: { zh: title, en: title },
          cell: (venue) =>
            venue.bookings.some(here) ? html`${each(venue.bookings.filter(here), (booking) => bookingCell(view, booking))}` : '',
        };
      }),
    ],
    rows: data.venues,
    empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'calendar-event' }),
  });
}

function placeCell(view: View, { name, kind, virtual, seats, devices, address }: VenueShown): Html {
  const facts = [view.t(kinds[kind]), ...(virtual ? [view.t(say.virtual)] : []), ...(seats > 0 ? [view.t(say.seats, { seats })] : [])];
  return html`<strong>${name}</strong><div class="sub">${facts.join(' · ')}</div><div class="sub">${address}</div>${devices.length > 0 ? html`<div class="sub">${devices.join('、')}</div>` : nothing}`;
}

function bookingCell(view: View, booking: BookingShown): Html {
  const moment = (at: string): string =>
    part
      .timeText(view.lang, at as Instant, 'minute', view.now)
      .split(' ')
      .at(-1) ?? '';
  return html`<div class="booking"><a href="/lots/${booking.lot}${booking.purpose === 'opening' ? '/hall' : ''}">${booking.lotName}</a><div class="sub">${view.t(purposes[booking.purpose])} ${moment(booking.from)}–${moment(booking.until)}</div>${booking.fits ? nothing : part.pill(view, 'refused', say.misfit)}</div>`;
}

function desk(view: View, data: CalendarAnswer): Html {
  const bookings = data.venues.flatMap((venue) => venue.bookings.map((booking) => ({ venue, booking })));
  return part.columns({
    main: html`${part.card(view, { title: say.book, id: 'book', body: bookForm(view, data) })}${
      bookings.length === 0 ? nothing : part.card(view, { title: say.released, body: releaseForm(view, bookings) })
    }`,
    right: html`${part.card(view, { title: say.register, id: 'register', body: registerForm(view) })}${
      data.venues.length === 0
        ? nothing
        : part.card(view, {
            title: say.close,
            body: html`<div class="stack">${each(data.venues, (venue) => closeForm(view, venue))}</div>`,
          })
    }`,
  });
}

function bookForm(view: View, data: CalendarAnswer): Html {
  const when = (name: 'from' | 'until', label: Words): Html =>
    part.field(view, { kind: 'datetime', name, label, half: true, required: true });
  const lots = data.lots.map(({ id, name, deadline, booked }) => ({
    value: id,
    label: `${booked ? '' : '● '}${name} · ${part.timeText(view.lang, deadline as Instant, 'minute', view.now)}`,
  }));
  return part.form(view, {
    action: '/bookings',
    submit: say.book,
    icon: 'calendar-event',
    fields: html`${part.field(view, { kind: 'select', name: 'lot', label: say.lot, required: true, choices: lots, hint: say.lotHint })}
${part.field(view, { kind: 'select', name: 'purpose', label: say.purpose, half: true, required: true, choices: Object.entries(purposes).map(([value, label]) => ({ value, label })) })}
${part.field(view, { kind: 'select', name: 'venue', label: say.place, half: true, required: true, choices: data.venues.map(({ id, name, kind }) => ({ value: id, label: `${name} · ${view.t(kinds[kind])}` })) })}
${when('from', say.from)}${when('until', say.until)}`,
  });
}

function releaseForm(view: View, bookings: readonly { venue: VenueShown; booking: BookingShown }[]): Html {
  const choices = bookings.map(({ venue, booking }) => ({
    value: booking.id,
    label: `${booking.fits ? '' : '● '}${booking.lotName} · ${venue.name} · ${part.timeText(view.lang, booking.from as Instant, 'minute', view.now)}`,
  }));
  return part.form(view, {
    action: '/releases',
    submit: say.release,
    tone: 'plain',
    quiet: true,
    fields: html`${part.field(view, { kind: 'select', name: 'booking', label: say.booking, required: true, choices, hint: say.misfitHint })}
${part.field(view, { kind: 'text', name: 'reason', label: say.reason, required: true })}`,
  });
}

function registerForm(view: View): Html {
  const text = (name: string, label: Words, hint?: Words): Html =>
    part.field(view, { kind: 'text', name, label, required: name !== 'devices', ...(hint ? { hint } : {}) });
  return part.form(view, {
    action: '/venues',
    submit: say.register,
    icon: 'plus',
    quiet: true,
    fields: html`${text('name', say.name)}
${part.field(view, { kind: 'select', name: 'kind', label: say.kind, required: true, choices: Object.entries(kinds).map(([value, label]) => ({ value, label })) })}
${text('address', say.address)}${part.field(view, { kind: 'number', name: 'seats', label: say.seatsOf, min: 0, max: 5000, required: true })}
${text('devices', say.devices, say.devicesHint)}${part.field(view, { kind: 'checkbox', name: 'virtual', label: say.kind, says: say.isVirtual })}`,
  });
}

const closeForm = (view: View, venue: VenueShown): Html =>
  html`<div><p>${venue.name}</p>${part.form(view, {
    action: `/venues/${venue.id}/closure`,
    submit: say.close,
    tone: 'plain',
    quiet: true,
    confirm: { title: say.close, says: say.closeSays },
  })}</div>`;
