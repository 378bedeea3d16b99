// The map: Leaflet behind the few functions that the app asks for. Fetched only where a map is shown.

import "./leaflet.js";

const L = window.L.noConflict();

/** How far a key moves the pin, in pixels; with Shift, farther. */
const STEP = 12;
const STRIDE = 72;
/** How near to look at a single place. */
const NEAR = 17;
/** The width of a letter of a name, in pixels: somewhat less than it has, so that names may lean over their border. */
const LETTER = 5;

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

let sheets;

/** Waits for what the map looks like; tried anew after a failure. */
function styled() {
  sheets ??= Promise.all(["leaflet.css", "map.css"].map(sheet)).catch((error) => {
    sheets = undefined;
    throw error;
  });
  return sheets;
}

function sheet(name) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(name, import.meta.url).href });
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error(`${name} cannot be had`));
    };
    document.head.append(link);
  });
}

/**
 * Draws a map into an element.
 *
 * `areas` are named rings of [lng, lat]; `pins` are places that lead somewhere (`onOpen`); with `onPick` a place can be
 * picked, which begins at `picked`.
 */
export async function draw(element, { tiles, areas, pins, picked, words, onPick, onOpen }) {
  await styled();
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    keyboard: !onPick,
    scrollWheelZoom: false,
    zoomControl: false,
    attributionControl: false,
    zoomAnimation: moves,
    fadeAnimation: moves,
    markerZoomAnimation: moves,
    inertia: moves,
    // Nearer to what fits than whole steps would come.
    zoomSnap: 0.5,
    minZoom: 2,
    maxZoom: 19,
  });
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
  // The wheel scrolls the page until somebody has turned to the map.
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  if (tiles) {
    L.tileLayer(tiles.url, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(credit(tiles.attribution)).addTo(map);
  }
  const bounds = L.latLngBounds([]);
  const drawn = areas.map(({ name, ring }, nth) => {
    const area = L.polygon(ring.map(flip), { className: `map__area tint-${(nth % 8) + 1}`, interactive: false }).addTo(map);
    area.bindTooltip(text(name), { permanent: true, direction: "center", className: "map__name" });
    bounds.extend(area.getBounds());
    return { area, needs: name.length * LETTER };
  });
  // A name is shown where there is room for it.
  map.on("zoomend", () => {
    for (const { area, needs } of drawn) {
      const [west, east] = [area.getBounds().getSouthWest(), area.getBounds().getNorthEast()].map((at) => map.latLngToLayerPoint(at).x);
      if (east - west < needs) area.closeTooltip();
      else area.openTooltip();
    }
  });
  for (const { lng, lat, label, href } of pins) {
    // The list beside the map is for the keyboard; the pins are for those who point.
    const pin = L.marker([lat, lng], { icon: icon("map__pin--small", 24), title: label, keyboard: false });
    pin.on("click", () => onOpen?.(href)).addTo(map);
    bounds.extend(pin.getLatLng());
  }

  let pin = null;
  const put = (at) => {
    if (pin) return pin.setLatLng(at);
    pin = L.marker(at, { icon: icon("map__pin", 44), draggable: Boolean(onPick), autoPan: true, keyboard: false });
    pin.on("dragend", () => pick(pin.getLatLng()));
    return pin.addTo(map);
  };
  const pick = (latlng) => {
    const at = latlng.wrap();
    put(at);
    map.panInside(at, { padding: [48, 48], animate: false });
    onPick(round(at.lng), round(at.lat));
  };
  if (onPick) {
    map.on("click", (event) => pick(event.latlng));
    element.addEventListener("keydown", (event) => steer(event, map, () => pin?.getLatLng(), pick));
  }

  const look = () => {
    if (picked) map.setView(flip(picked), NEAR);
    // One alone is what is looked for.
    else if (pins.length === 1) map.setView([pins[0].lat, pins[0].lng], NEAR - 1);
    else if (bounds.isValid()) map.fitBounds(bounds, { padding: [12, 12], maxZoom: NEAR, animate: false });
    else map.setView([20, 0], 2);
  };
  look();
  if (picked) put(flip(picked));
  // Drawn while it was hidden, it has no size to look from.
  let seen = map.getSize().x > 0;
  const watcher = new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!seen && map.getSize().x > 0) {
      seen = true;
      look();
    }
  });
  watcher.observe(element);

  return {
    /** Shows a place that was picked in another way. */
    pick(lng, lat) {
      const at = L.latLng(lat, lng);
      if (pin?.getLatLng().equals(at, 1e-6)) return;
      put(at);
      map.setView(at, Math.max(map.getZoom(), NEAR), { animate: false });
    },
    forget() {
      pin?.remove();
      pin = null;
    },
    remove() {
      watcher.disconnect();
      map.remove();
    },
  };
}

/** Arrows move the pin, which begins in the middle; plus and minus look nearer and farther. */
function steer(event, map, present, pick) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== map.getContainer()) return;
  const arrow = ARROWS[event.key];
  const at = present();
  if (arrow && at) {
    const by = event.shiftKey ? STRIDE : STEP;
    pick(map.containerPointToLatLng(map.latLngToContainerPoint(at).add([arrow[0] * by, arrow[1] * by])));
  } else if (arrow || event.key === "Enter" || event.key === " ") {
    pick(at ?? map.getCenter());
  } else if (event.key === "+" || event.key === "=") {
    map.setZoomAround(at ?? map.getCenter(), map.getZoom() + 1, { animate: false });
  } else if (event.key === "-") {
    map.setZoomAround(at ?? map.getCenter(), map.getZoom() - 1, { animate: false });
  } else {
    return;
  }
  event.preventDefault();
}

function icon(className, size) {
  const html =
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 23S4 16.2 4 10a8 8 0 0 1 16 0c0 6.2-8 13-8 13Z"/><circle cx="12" cy="10" r="3"/></svg>';
  return L.divIcon({ className, html, iconSize: [size, size], iconAnchor: [size / 2, (size * 23) / 24] });
}

/** Plain text, with the way to the terms of those whose map nearly everybody uses. */
function credit(words) {
  const link = '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">OpenStreetMap</a>';
  return text(words).innerHTML.replace("OpenStreetMap", link);
}

/** Text as it is, whatever it looks like. */
function text(words) {
  const element = document.createElement("bdi");
  element.textContent = words;
  return element;
}

function flip([lng, lat]) {
  return [lat, lng];
}

/** A tenth of a metre is near enough. */
function round(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}
