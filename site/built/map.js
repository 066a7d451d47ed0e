/* Made from site/js by make bundle: edit there. */ "use strict";
(() => {

  // site/js/groups.js
  var FACETS = ["kind", "vendor", "rung", "visibility", "zone", "year", "lifecycle", "country"];
  var STANDING = [0, 1];
  function groupsOf(store) {
    const alike = new Map;
    const numbers = new Map;
    const of = new Uint32Array(store.n);
    const values = FACETS.map(() => []);
    const { kind, vendor, rung, visibility, zone, year, lifecycle, country } = store;
    let lastKey = -1;
    let lastCountry = -1;
    let last = 0;
    for (let i = 0;i < store.n; i++) {
      const key = vendor[i] * 4294967296 + (zone[i] * 16777216 + visibility[i] * 65536 + year[i] * 256 + kind[i] * 16 + lifecycle[i] * 4 + rung[i]);
      if (key !== lastKey || country[i] !== lastCountry) {
        lastKey = key;
        lastCountry = country[i];
        if (!alike.has(key))
          alike.set(key, alike.size);
        const whole = alike.get(key) * 256 + country[i];
        const known = numbers.get(whole);
        if (known === undefined) {
          last = numbers.size;
          numbers.set(whole, last);
          values[0].push(kind[i]);
          values[1].push(vendor[i]);
          values[2].push(rung[i]);
          values[3].push(visibility[i]);
          values[4].push(zone[i]);
          values[5].push(year[i]);
          values[6].push(lifecycle[i]);
          values[7].push(country[i]);
        } else
          last = known;
      }
      of[i] = last;
    }
    const groups = { of, n: numbers.size };
    FACETS.forEach((facet, f) => {
      groups[facet] = Uint16Array.from(values[f]);
    });
    return groups;
  }

  // site/js/filter.js
  var SYSTEM_FACETS = ["vendor", "country", "year", "technology", "status", "listed"];
  var OF_SUPPLY = ["vendor", "status", "listed"];
  var ALL = [...new Set([...FACETS, ...SYSTEM_FACETS])];
  var listeners = [];
  var chosen = {};
  for (const facet of ALL)
    chosen[facet] = { but: false, set: new Set(unasked(facet)) };
  var years = { from: null, to: null, unknown: true };
  var yearBase = 0;
  var makerIds = [];
  function unasked(facet) {
    return facet === "lifecycle" ? STANDING : [];
  }
  function isUnasked(facet) {
    const { but, set } = chosen[facet];
    const values = unasked(facet);
    return set.size === values.length && values.every((value) => set.has(value)) && !(but && set.size);
  }
  function changed() {
    for (const listener of listeners)
      listener();
  }
  function lets(facet, value) {
    if (facet === "year") {
      if (years.from === null || years.to === null)
        return true;
      if (value === 0)
        return years.unknown;
      return value >= years.from && value <= years.to;
    }
    const { but, set } = chosen[facet];
    return set.size === 0 || set.has(value) !== but;
  }
  function letsYears(span) {
    const [from, to] = span;
    if (years.from === null)
      return true;
    if (from === null && to === null)
      return years.unknown;
    const isBegun = from === null || from <= Number(years.to) + yearBase;
    return isBegun && (to === null || to >= years.from + yearBase);
  }
  function letsAny(facet, values) {
    const { but, set } = chosen[facet];
    return set.size === 0 || values.some((value) => set.has(value)) !== but;
  }
  var filter = {
    chosen,
    years,
    lets,
    onChange(listener) {
      listeners.push(listener);
    },
    isUnasked,
    isOn(facet) {
      return facet === "year" ? years.from !== null : chosen[facet].set.size > 0;
    },
    areOnly(facets) {
      return FACETS.every((facet) => facets.has(facet) || (facet === "lifecycle" ? isUnasked(facet) : !filter.isOn(facet)));
    },
    setMeaning(ids, base) {
      makerIds = ids;
      yearBase = base;
    },
    fitting(values, aside) {
      if (aside !== "country" && !lets("country", values.country))
        return [];
      if (aside !== "technology" && !letsAny("technology", values.technologies))
        return [];
      if (aside !== "year" && !letsYears(values.years))
        return [];
      const asked = OF_SUPPLY.filter((facet) => facet !== aside && chosen[facet].set.size > 0);
      const refused = asked.filter((facet) => chosen[facet].but);
      const isRefused = (supply) => refused.some((facet) => chosen[facet].set.has(supply[facet]));
      if (values.supplies.some(isRefused))
        return [];
      const wanted = asked.filter((facet) => !chosen[facet].but);
      return values.supplies.filter((supply) => wanted.every((facet) => chosen[facet].set.has(supply[facet])));
    },
    letsSystem(values) {
      return filter.fitting(values, null).length > 0;
    },
    hasSupplier(id) {
      const { but, set } = chosen.vendor;
      return !but && set.has(makerIds.indexOf(id));
    },
    onlySupplier(id) {
      filter.only("vendor", makerIds.indexOf(id));
    },
    get count() {
      return ALL.filter((facet) => facet === "lifecycle" ? !isUnasked(facet) : filter.isOn(facet)).length;
    },
    toggle(facet, value, on) {
      if (on)
        chosen[facet].set.add(value);
      else
        chosen[facet].set.delete(value);
      changed();
    },
    setBut(facet, but) {
      chosen[facet].but = but;
      changed();
    },
    only(facet, value) {
      chosen[facet].but = false;
      chosen[facet].set.clear();
      chosen[facet].set.add(value);
      changed();
    },
    setYears(from, to, unknown) {
      years.from = from;
      years.to = to;
      years.unknown = from === null ? true : unknown;
      changed();
    },
    clear(facet) {
      for (const name of facet ? [facet] : ALL) {
        chosen[name].set = new Set(unasked(name));
        chosen[name].but = false;
        if (name === "year")
          Object.assign(years, { from: null, to: null, unknown: true });
      }
      changed();
    },
    restore(state) {
      for (const facet of ALL) {
        const part = state[facet];
        chosen[facet].but = Boolean(part && part.but);
        chosen[facet].set = new Set(part ? part.values : unasked(facet));
      }
      Object.assign(years, state.years || { from: null, to: null, unknown: true });
    },
    refusals(groups) {
      const out = new Uint16Array(groups.n);
      FACETS.forEach((facet, f) => {
        if (!filter.isOn(facet))
          return;
        const values = groups[facet];
        const bit = 1 << f;
        for (let g = 0;g < out.length; g++)
          if (!lets(facet, values[g]))
            out[g] |= bit;
      });
      return out;
    }
  };

  // site/js/looks.js
  var listeners2 = [];
  var isWho = true;
  var looks = {
    get who() {
      return isWho;
    },
    set(who) {
      if (isWho === who)
        return;
      isWho = who;
      for (const listener of listeners2)
        listener();
    },
    restore(who) {
      isWho = who;
    },
    onChange(listener) {
      listeners2.push(listener);
    }
  };

  // site/js/systems.js
  var STATUSES = [{ id: "confirmed" }, { id: "reported" }, { id: "disputed" }, { id: "ended" }];
  var LISTED = [{ id: "listed" }, { id: "not_listed" }];
  var NOBODY = { vendor: 0, status: -1, listed: -1 };
  function numberIn(numbers, id) {
    const number = numbers.get(id);
    return number === undefined ? -1 : number;
  }
  function giveValues(deployments, meta, makers) {
    const numbersOf = (list) => new Map(list.map(({ id }, number) => [id, number]));
    const maker = numbersOf(makers);
    const country = numbersOf(meta.countries);
    const technology = numbersOf(meta.technologies);
    const status = numbersOf(STATUSES);
    for (const deployment of deployments) {
      const supplies = deployment.suppliers.filter((relation) => relation.supplies).map((relation) => ({
        vendor: numberIn(maker, relation.supplier_id),
        status: numberIn(status, relation.status),
        listed: relation.is_listed ? 0 : 1
      }));
      deployment.values = {
        country: numberIn(country, deployment.country_code),
        technologies: deployment.technology_ids.map((id) => numberIn(technology, id)),
        years: deployment.years,
        supplies: supplies.length ? supplies : [NOBODY]
      };
    }
  }
  function tallySystems(deployments) {
    const out = { total: 0, before: deployments.length };
    for (const facet of SYSTEM_FACETS)
      out[facet] = [];
    const count = (facet, values) => {
      for (const value of new Set(values))
        if (value >= 0)
          out[facet][value] = (out[facet][value] || 0) + 1;
    };
    for (const { values } of deployments) {
      if (filter.letsSystem(values))
        out.total++;
      for (const facet of ["vendor", "status", "listed"]) {
        count(facet, filter.fitting(values, facet).map((supply) => supply[facet]));
      }
      if (filter.fitting(values, "country").length)
        count("country", [values.country]);
      if (filter.fitting(values, "technology").length)
        count("technology", values.technologies);
    }
    return out;
  }

  // site/js/address.js
  function listsOf(meta) {
    return {
      kind: meta.kinds,
      vendor: [...meta.vendors, ...meta.others],
      rung: meta.rungs,
      visibility: meta.visibilities,
      zone: meta.zones,
      lifecycle: meta.lifecycles,
      country: meta.countries,
      technology: meta.technologies,
      status: STATUSES,
      listed: LISTED
    };
  }
  var ALL2 = "all";
  var VIEW = /^(\d{1,2})\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/;
  var YEARS = /^(\d{4})-(\d{4})(,unknown)?$/;
  function idOf(entry) {
    return entry.id === null ? "unknown" : entry.id;
  }
  function readView(part) {
    const match = VIEW.exec(part);
    if (!match)
      return null;
    const [zoom, lat, lng] = match.slice(1).map(Number);
    if (zoom > 19 || Math.abs(lat) > 85.06 || Math.abs(lng) > 180)
      return null;
    return { zoom, lat, lng };
  }
  function readFacet(value, entries) {
    if (value === ALL2 && entries[0].id === "in_use")
      return { but: false, values: [] };
    const but = value.startsWith("!");
    const values = [];
    for (const part of (but ? value.slice(1) : value).split(",")) {
      const id = decodeURIComponent(part);
      const index = entries.findIndex((entry) => idOf(entry) === id);
      if (index < 0)
        return null;
      values.push(index);
    }
    return { but, values };
  }
  function readYears(value, base) {
    const match = YEARS.exec(value);
    if (!match)
      return null;
    const from = Number(match[1]) - base;
    const to = Number(match[2]) - base;
    if (from < 1 || to < from || to > 255)
      return null;
    return { from, to, unknown: Boolean(match[3]) };
  }
  function readPart(state, part, meta, lists) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(0, equals));
    const value = part.slice(equals + 1);
    if (part === "embed")
      state.embed = true;
    else if (name === "camera")
      state.camera = decodeURIComponent(value);
    else if (name === "deployment")
      state.deployment = decodeURIComponent(value);
    else if (name === "place")
      state.place = decodeURIComponent(value);
    else if (name === "year")
      state.filter.years = readYears(value, meta.year_base);
    else if (part === "count")
      state.count = true;
    else if (Object.hasOwn(lists, name))
      state.filter[name] = readFacet(value, lists[name]);
    else
      return false;
    return name === "year" ? state.filter.years !== null : state.filter[name] !== null;
  }
  var address = {
    read(fragment, meta) {
      const state = { view: null, filter: {}, understood: true };
      const lists = listsOf(meta);
      for (const part of fragment.replace(/^#/, "").split("&")) {
        if (part === "" || part === "map")
          continue;
        const view = readView(part);
        if (view) {
          state.view = view;
          continue;
        }
        try {
          if (!readPart(state, part, meta, lists))
            state.understood = false;
        } catch {
          state.understood = false;
        }
      }
      for (const key of Object.keys(state.filter))
        if (!state.filter[key])
          delete state.filter[key];
      return state;
    },
    write({ view, camera, deployment, place, embed }, meta) {
      const parts = [];
      if (embed)
        parts.push("embed");
      parts.push([view.zoom, view.lat.toFixed(5), view.lng.toFixed(5)].join("/"));
      if (!looks.who)
        parts.push("count");
      for (const [facet, entries] of Object.entries(listsOf(meta))) {
        if (filter.isUnasked(facet))
          continue;
        const { but, set } = filter.chosen[facet];
        const plainIds = [...set].map((index) => idOf(entries[index]));
        if (plainIds.length === 0)
          plainIds.push(ALL2);
        const ids = plainIds.map((id) => encodeURIComponent(id)).sort();
        parts.push(facet + "=" + (but ? "!" : "") + ids.join(","));
      }
      const { from, to, unknown } = filter.years;
      if (from !== null && to !== null) {
        const span = from + meta.year_base + "-" + (to + meta.year_base);
        parts.push("year=" + span + (unknown ? ",unknown" : ""));
      }
      const plain = (id) => encodeURIComponent(id).replace(/%3A/g, ":").replace(/%2F/g, "/");
      if (camera)
        parts.push("camera=" + plain(camera));
      if (deployment)
        parts.push("deployment=" + plain(deployment));
      if (place)
        parts.push("place=" + plain(place));
      return "#" + parts.join("&");
    }
  };

  // site/js/dom.js
  var SVG = "http://www.w3.org/2000/svg";
  function equip(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "class")
        node.setAttribute("class", String(value));
      else if (name.startsWith("on"))
        node.addEventListener(name.slice(2), value);
      else if (value === true)
        node.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined)
        node.setAttribute(name, String(value));
    }
    for (const child of children.flat(3)) {
      if (child === null || child === undefined || child === false)
        continue;
      node.append(child instanceof Node ? child : String(child));
    }
    return node;
  }
  function el(tag, attributes, ...children) {
    return equip(document.createElement(tag), attributes, children);
  }
  function svgEl(tag, attributes, ...children) {
    return equip(document.createElementNS(SVG, tag), attributes, children);
  }
  function fillNode(node, ...children) {
    node.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }
  function dataText(value, className) {
    return el("bdi", className ? { class: className } : null, value);
  }
  function englishText(value) {
    return el("bdi", { lang: "en" }, value);
  }
  function linkOut(link, text) {
    let url = null;
    try {
      url = new URL(link);
    } catch {
      return dataText(text);
    }
    if (url.protocol !== "https:" && url.protocol !== "http:")
      return dataText(text);
    return el("a", { href: url.href, rel: "noopener noreferrer nofollow", class: "out" }, dataText(text));
  }
  function byId(id) {
    return document.getElementById(id);
  }
  function focusIn(node) {
    const focused = document.activeElement;
    return node.contains(focused) ? focused : null;
  }

  // site/js/site_ways.js
  var { top = "", pages = "" } = document.documentElement.dataset;
  function sharedFile(path) {
    return top + path;
  }
  function plainPage(path) {
    return pages + path;
  }

  // site/js/data_loader.js
  var arrived = new Map;
  var waiting = new Map;
  function load(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = sharedFile("data/" + name + ".js");
      script.onload = () => {
        script.remove();
        if (arrived.has(name))
          resolve(arrived.get(name));
        else
          reject(new Error(name));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(name));
      };
      document.head.append(script);
    });
  }
  function put(name, payload) {
    arrived.set(name, payload);
  }
  function have(name) {
    return arrived.get(name);
  }
  function drop(name) {
    arrived.delete(name);
    waiting.delete(name);
  }
  function want(name) {
    if (arrived.has(name))
      return Promise.resolve(arrived.get(name));
    if (!waiting.has(name)) {
      const promise = load(name);
      waiting.set(name, promise);
      promise.catch(() => waiting.delete(name));
    }
    return waiting.get(name);
  }
  async function unpack(base64) {
    const stream = new Blob([fromBase64(base64)]).stream();
    const unzipped = stream.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unzipped).arrayBuffer());
  }
  function fromBase64(base64) {
    const native = Uint8Array;
    if (native.fromBase64)
      return native.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0;i < text.length; i++)
      bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  // site/js/words.js
  var words = {};
  var plural = new Intl.PluralRules("en");
  var number = new Intl.NumberFormat("en");
  var locale = "en-GB";
  var OPEN_WORD = /_/g;
  function t(key, values) {
    let text = words[key];
    if (values && typeof values.n === "number") {
      const form = words[key + "_" + plural.select(values.n)];
      if (form !== undefined)
        text = form;
    }
    if (text === undefined)
      throw new Error("no words for " + key);
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      if (typeof value === "number")
        return number.format(value);
      return document.dir === "rtl" ? "⁨" + value + "⁩" : String(value);
    });
  }
  function setLanguage(code) {
    locale = code === "en" ? "en-GB" : code + "-u-nu-latn";
    words = have("i18n-" + code);
    plural = new Intl.PluralRules(code);
    number = new Intl.NumberFormat(locale);
  }
  function formatNumber(value) {
    return number.format(value);
  }
  function formatList(parts) {
    return new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
  }
  function inSentence(noun) {
    return locale.startsWith("de") ? noun : noun.toLocaleLowerCase(locale);
  }
  function wordFor(list, id) {
    const key = list + "." + id;
    if (words[key] !== undefined)
      return words[key];
    return String(id).replace(OPEN_WORD, " ");
  }
  function formatDate(value) {
    if (value.startsWith("before:")) {
      return t("date.before", { date: formatDate(value.slice(7)) });
    }
    const slash = value.indexOf("/");
    if (slash > 0) {
      const from = formatDate(value.slice(0, slash));
      return t("date.between", { from, to: formatDate(value.slice(slash + 1)) });
    }
    const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(value);
    if (!parts)
      return value;
    const [, year, month, dayOfMonth] = parts;
    const day = new Date(Date.UTC(Number(year), month ? Number(month) - 1 : 0, Number(dayOfMonth || 1)));
    const shape = { year: "numeric", timeZone: "UTC" };
    if (month)
      shape.month = "long";
    if (dayOfMonth)
      shape.day = "numeric";
    return new Intl.DateTimeFormat(locale, shape).format(day);
  }
  function countryName(code) {
    if (!/^[A-Z]{2}$/.test(code))
      return code;
    return new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(code) || code;
  }

  // site/js/notice.js
  function show(text, className, action) {
    if (document.documentElement.dataset.failed)
      return;
    const box = byId("notice");
    box.className = "notice " + className;
    fillNode(box, el("p", null, text), action ? el("button", {
      type: "button",
      onclick() {
        box.hidden = true;
        action.go();
      }
    }, action.text) : null, el("button", {
      type: "button",
      class: "close",
      "aria-label": t("close"),
      onclick() {
        box.hidden = true;
      }
    }, "×"));
    box.hidden = false;
  }
  var notice = {
    quiet() {
      const box = byId("notice");
      if (box.classList.contains("remark"))
        box.hidden = true;
    },
    say(text, action) {
      const box = byId("notice");
      if (!box.hidden && box.classList.contains("error"))
        return;
      show(text, "remark", action);
    },
    warn(text) {
      show(text, "error", null);
    },
    failed(text, retry) {
      show(text, "error", { text: t("retry"), go: retry });
    }
  };

  // site/js/marks.js
  var MAKERS = 8;
  var letters = [];
  function giveLetters(vendors) {
    const used = new Set;
    letters.length = 0;
    letters.push("");
    for (const vendor of vendors.slice(1, MAKERS + 1)) {
      const options = [...String(vendor.name).toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")];
      const letter = options.find((option) => !used.has(option)) || "";
      used.add(letter);
      letters.push(letter);
    }
  }
  function colourName(vendor) {
    if (vendor === 0)
      return "camera";
    return vendor <= MAKERS ? "maker-" + vendor : "maker-rest";
  }
  function letterOf(vendor) {
    return letters[vendor] || "";
  }
  function trace(context, kind, x, y, r) {
    context.beginPath();
    if (kind === 1)
      context.rect(x - r * 0.89, y - r * 0.89, r * 1.78, r * 1.78);
    else if (kind === 2) {
      context.moveTo(x, y - r * 1.2);
      context.lineTo(x + r * 1.14, y + r * 0.85);
      context.lineTo(x - r * 1.14, y + r * 0.85);
      context.closePath();
    } else
      context.arc(x, y, r, 0, 2 * Math.PI);
  }
  function draw(context, colours, kind, vendor, x, y, r) {
    trace(context, kind, x, y, r);
    if (vendor === 0) {
      context.fillStyle = colours["camera-fill"];
      context.strokeStyle = colours.camera;
      context.lineWidth = Math.max(1.25, r * 0.3);
      context.fill();
      context.stroke();
      return;
    }
    context.fillStyle = colours[colourName(vendor)];
    context.strokeStyle = colours["camera-fill"];
    context.lineWidth = 1.25;
    context.fill();
    context.stroke();
    const letter = letterOf(vendor);
    if (letter && r >= 6.5) {
      context.fillStyle = colours["maker-ink"];
      context.font = "700 " + Math.round(r * 1.3) + "px " + marks.font;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(letter, x, y + (kind === 2 ? r * 0.28 : r * 0.08));
    }
  }
  function drawNotStanding(context, colours, kind, _vendor, x, y, r) {
    trace(context, kind, x, y, r);
    context.fillStyle = colours["camera-fill"];
    context.strokeStyle = colours["ink-3"];
    context.lineWidth = 1.25;
    context.fill();
    context.setLineDash([2.5, 2]);
    context.stroke();
    context.setLineDash([]);
  }
  function pictureLook(vendor, stands) {
    if (!stands) {
      const dashed = { stroke: "var(--ink-3)", "stroke-width": 1.5, "stroke-dasharray": "2.5 2" };
      return { fill: "var(--camera-fill)", ...dashed };
    }
    if (vendor === 0)
      return { fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 2 };
    return { fill: "var(--" + colourName(vendor) + ")", stroke: "none" };
  }
  function picture(kind, vendor, stands = true) {
    const look = pictureLook(vendor, stands);
    let shape;
    if (kind === 1)
      shape = svgEl("rect", { x: 2.5, y: 2.5, width: 13, height: 13, ...look });
    else if (kind === 2)
      shape = svgEl("path", { d: "M9 1.5L16.6 15H1.4Z", ...look });
    else
      shape = svgEl("circle", { cx: 9, cy: 9, r: vendor === 0 ? 6.5 : 7.5, ...look });
    const letter = stands ? letterOf(vendor) : "";
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape, letter && svgEl("text", {
      x: 9,
      y: kind === 2 ? 13.6 : 12.6,
      "text-anchor": "middle",
      "font-size": 10,
      "font-weight": 700,
      fill: "var(--maker-ink)"
    }, letter));
  }
  var marks = {
    font: '-apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
    giveLetters,
    colourName,
    letterOf,
    trace,
    draw,
    drawNotStanding,
    picture,
    makers: MAKERS
  };
  function rungBox(id) {
    return el("abbr", { class: "rung rung-" + id, title: t("rung." + id) }, id === "unknown" ? "?" : id);
  }
  function ringPicture() {
    const look = { cx: 9, cy: 9, stroke: "var(--deployment)" };
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, svgEl("circle", { ...look, r: 7, fill: "var(--deployment)", "fill-opacity": 0.14, "stroke-width": 2.2 }), svgEl("circle", { ...look, r: 1.2, fill: "var(--deployment)" }));
  }

  // site/js/select_event.js
  var NAME = "wc:select";
  function tell(detail) {
    document.dispatchEvent(new CustomEvent(NAME, { detail }));
  }
  function selectCamera(row, fromList) {
    tell({ row, fromList: Boolean(fromList) });
  }
  function selectCameraById(cameraId, near) {
    tell({ cameraId, near: Boolean(near), fromList: false });
  }
  function selectDeployment(deployment, fromList) {
    tell({ deployment, fromList: Boolean(fromList) });
  }
  function selectPlace(place) {
    tell({ place, fromList: true });
  }
  function selectNothing() {
    tell({ fromList: false });
  }
  function onSelect(listener) {
    document.addEventListener(NAME, (event) => listener(event.detail));
  }

  // site/js/search_index.js
  var CITY = 100;
  var NOT_FOLDED = { ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", æ: "ae", œ: "oe", þ: "th", ð: "d" };
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßøđłıæœþð]/g, (letter) => NOT_FOLDED[letter]).trim();
  }
  function fitBox(map, [west, south, east, north], maxZoom) {
    const corners = [
      [south, west],
      [north, east]
    ];
    map.fitBounds(corners, { animate: false, maxZoom, padding: [30, 30] });
  }
  function goTo(page) {
    globalThis.location.assign(plainPage(page));
  }
  function onThisMap(meta) {
    const list = [];
    meta.vendors.forEach((vendor, index) => {
      if (vendor.id === null)
        return;
      list.push({
        name: vendor.name || vendor.id,
        also: "",
        what: t("search.maker", { n: vendor.count }),
        mark: () => marks.picture(0, index),
        go: () => filter.only("vendor", index),
        id: vendor.id
      });
    });
    meta.kinds.forEach((kind, index) => {
      if (kind.rows === 0)
        return;
      list.push({
        name: wordFor("kind", kind.id),
        also: "",
        what: t("search.kind", { n: kind.count }),
        mark: () => marks.picture(index, 0),
        go: () => filter.only("kind", index)
      });
    });
    return list;
  }
  function systems(deployments) {
    return deployments.map((deployment) => {
      const names = [deployment.place, deployment.operator];
      for (const relation of deployment.suppliers)
        names.push(relation.supplier, relation.product);
      return {
        name: deployment.name,
        also: names.filter(Boolean).join(" "),
        what: [t("search.deployment"), deployment.place].filter(Boolean).join(", "),
        mark: ringPicture,
        go: () => selectDeployment(deployment, true),
        id: deployment.id
      };
    });
  }
  function pages2(search, map, drawn) {
    const list = [];
    for (const { id, name, also, page } of search.suppliers) {
      list.push({ name, also, what: t("search.supplier"), go: () => goTo(page), id, page });
    }
    for (const { id, name, also, page } of search.deployments) {
      if (drawn.has(id))
        continue;
      list.push({ name, also, what: t("search.deployment"), go: () => goTo(page), id, page });
    }
    for (const { code, name, page, cameras, box } of search.countries) {
      const look = () => {
        if (!box)
          return goTo(page);
        const [west, south, east, north] = box;
        const corners = [
          [south, west],
          [north, east]
        ];
        map.fitBounds(corners, { animate: false, maxZoom: 7 });
        const lat = (south + north) / 2;
        const lng = (west + east) / 2;
        selectPlace({ name, country: code, lat, lng, thousands: 0, isCountry: true, ref: code });
      };
      list.push({ name, also: "", what: t("search.country", { n: cameras }), go: look, page });
    }
    for (const { name, cameras, box } of search.operators) {
      const go = () => fitBox(map, box, 16);
      list.push({ name, also: "", what: t("search.operator", { n: cameras }), go, rank: 1 });
    }
    search.streets.name.forEach((name, row) => {
      const { lat, lon, parts } = search.streets;
      const go = () => map.setView([lat[row] / parts, lon[row] / parts], 17, { animate: false });
      list.push({ name, also: "", what: t("search.street"), go, rank: 2 });
    });
    return list;
  }
  function townOf(file, row) {
    const [country] = file.countries[file.country[row]];
    const name = file.name[row];
    return {
      name,
      country,
      lat: file.lat[row] / file.parts,
      lng: file.lon[row] / file.parts,
      thousands: file.thousands[row],
      isCountry: false,
      ref: country + "/" + name
    };
  }
  async function findPlace(ref, near) {
    const [search, file] = await Promise.all([want("search"), want("places")]);
    const [code, ...rest] = ref.split("/");
    if (rest.length === 0) {
      const country = search.countries.find((one) => one.code === code && one.box);
      if (!country)
        return null;
      const [west, south, east, north] = country.box;
      const middle = { lat: (south + north) / 2, lng: (west + east) / 2 };
      return { name: country.name, country: code, ...middle, thousands: 0, isCountry: true, ref };
    }
    let nearest = null;
    file.name.forEach((name, row) => {
      if (name !== rest.join("/") || file.countries[file.country[row]][0] !== code)
        return;
      const town = townOf(file, row);
      const far = (one) => Math.hypot(one.lat - near.lat, one.lng - near.lng);
      if (!nearest || far(town) < far(nearest))
        nearest = town;
    });
    return nearest;
  }
  function places(file, map) {
    const near = new Map(file.near);
    return file.name.map((name, row) => {
      const [, country] = file.countries[file.country[row]];
      const n = near.get(row);
      return {
        name,
        also: "",
        get what() {
          return n ? t("search.place_near", { country, n }) : t("search.place", { country });
        },
        go() {
          const town = townOf(file, row);
          map.setView([town.lat, town.lng], 12, { animate: false });
          selectPlace(town);
        },
        rank: n || file.thousands[row] >= CITY ? -0.5 : 1
      };
    });
  }
  function searchIndex(meta, map) {
    let parts = { map: onThisMap(meta), systems: [], pages: [], places: [] };
    let drawn = new Set;
    let all = [];
    function gather() {
      const found = [...parts.map, ...parts.systems, ...parts.pages, ...parts.places];
      for (const entry of found) {
        if (entry.key === undefined) {
          entry.key = plain(entry.name);
          entry.wide = entry.also ? entry.key + " " + plain(entry.also) : entry.key;
        }
      }
      all = found;
    }
    gather();
    return {
      entries: () => all,
      addDeployments(deployments) {
        drawn = new Set(deployments.map(({ id }) => id));
        parts = { ...parts, systems: systems(deployments) };
        if (have("search"))
          parts.pages = pages2(have("search"), map, drawn);
        gather();
      },
      async load() {
        const [search, file] = await Promise.all([want("search"), want("places")]);
        if (parts.places.length)
          return;
        parts = { ...parts, pages: pages2(search, map, drawn), places: places(file, map) };
        gather();
      }
    };
  }

  // site/js/asked_place.js
  var COUNTRY_ZOOM = 5;
  var TOWN_ZOOM = 12;
  async function openAskedPlace(ref, map, move) {
    let place;
    try {
      place = await findPlace(ref, map.getCenter());
    } catch {
      notice.failed(t("search.failed"), () => openAskedPlace(ref, map, move));
      return;
    }
    if (!place) {
      notice.warn(t("error.address"));
      return;
    }
    const zoom = place.isCountry ? COUNTRY_ZOOM : TOWN_ZOOM;
    if (move)
      map.setView([place.lat, place.lng], zoom, { animate: false });
    selectPlace(place);
  }

  // site/js/canvas.js
  var MARGIN = 0.25;
  var PIXELS_MAX = 24000000;
  var MapCanvas = L.Layer.extend({
    initialize(pane, zIndex, draw) {
      this._paneName = pane;
      this._zIndex = zIndex;
      this._draw = draw;
    },
    onAdd(map) {
      const pane = map.createPane(this._paneName);
      pane.style.zIndex = this._zIndex;
      pane.style.pointerEvents = "none";
      this._canvas = el("canvas", { class: "leaflet-zoom-animated", "aria-hidden": "true" });
      pane.append(this._canvas);
      this.context = this._canvas.getContext("2d");
      this.redraw();
    },
    onRemove() {
      this._canvas.remove();
    },
    getEvents() {
      const events = { moveend: this.redraw, viewreset: this.redraw, resize: this.redraw };
      if (this._map.options.zoomAnimation)
        events.zoomanim = this._animate;
      return events;
    },
    redrawSoon() {
      if (this._frame)
        return;
      this._frame = requestAnimationFrame(() => {
        this._frame = 0;
        this.redraw();
      });
    },
    redraw(wanted) {
      const map = this._map;
      const size = map.getSize();
      if (!size.x || !size.y)
        return;
      const edge = size.multiplyBy(MARGIN).round();
      const corner = map.containerPointToLayerPoint(edge.multiplyBy(-1));
      const full = size.add(edge.multiplyBy(2));
      const screen = Math.min(2, globalThis.devicePixelRatio || 1);
      const fits = Math.max(1, Math.sqrt(PIXELS_MAX / (full.x * full.y)));
      const ratio = typeof wanted === "number" ? wanted : Math.min(screen, fits);
      if (this._width !== full.x * ratio || this._height !== full.y * ratio) {
        this._width = this._canvas.width = full.x * ratio;
        this._height = this._canvas.height = full.y * ratio;
        this._canvas.style.width = full.x + "px";
        this._canvas.style.height = full.y + "px";
      }
      L.DomUtil.setPosition(this._canvas, corner);
      this._corner = corner;
      this._zoom = map.getZoom();
      this._centre = map.getCenter();
      const origin = map.getPixelOrigin().add(corner);
      const frame = {
        zoom: this._zoom,
        ratio,
        drawn: L.bounds(origin, origin.add(full)),
        view: L.bounds(origin.add(edge), origin.add(edge).add(size))
      };
      this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.context.clearRect(0, 0, full.x, full.y);
      this._draw(this.context, frame);
    },
    placed(discs, lattice, frame) {
      const px = 2 ** (frame.zoom + 8 - 25);
      const left = lattice.area.west * px - frame.drawn.min.x;
      const top = lattice.area.north * px - frame.drawn.min.y;
      const world = 256 * 2 ** frame.zoom;
      const width = frame.drawn.max.x - frame.drawn.min.x;
      const out = [];
      for (const disc of discs) {
        disc.x += left;
        disc.y += top;
        out.push(disc);
        if (disc.x + world < width + disc.r)
          out.push({ ...disc, x: disc.x + world });
      }
      return out;
    },
    copyTo(context, ratio) {
      const { x, y } = this._map.getSize();
      const edge = L.point(x, y).multiplyBy(MARGIN).round();
      const [left, top, width, height] = [edge.x, edge.y, x, y].map((length) => length * ratio);
      context.drawImage(this._canvas, left, top, width, height, 0, 0, width, height);
    },
    _animate(event) {
      const scale = this._map.getZoomScale(event.zoom, this._zoom);
      const offset = this._map._latLngBoundsToNewLayerBounds(L.latLngBounds(this._map.layerPointToLatLng(this._corner), this._map.layerPointToLatLng(this._corner)), event.zoom, event.center).min;
      L.DomUtil.setTransform(this._canvas, offset, scale);
    }
  });

  // site/js/deployments.js
  var RING = 9;
  var SMALL = 5;
  var WIDE = 5;
  var LABELS = 12;
  var FAINT = 0.15;
  var JOIN = 18;
  function label(deployments) {
    const [deployment] = deployments;
    const { place, headline } = deployment;
    const text = headline ? place + ": " + headline.label : place;
    return deployments.length > 1 ? text + " " + t("deployment.more", { n: deployments.length - 1 }) : text;
  }
  function shortLabel(deployments) {
    const [{ place, headline }] = deployments;
    if (deployments.length > 1 || !headline || headline.label.includes("("))
      return place;
    return place + ": " + headline.label;
  }
  function ringRadius(zoom, n) {
    if (zoom > WIDE)
      return RING;
    return n > 1 ? 7 + Math.min(6, 1.6 * Math.log10(n) * 2) : SMALL;
  }
  function drawRing(context, ring, colours, chosen, strength) {
    const { x, y, r, deployments } = ring;
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fillStyle = colours.paper;
    context.globalAlpha = 0.75 * strength;
    context.fill();
    context.fillStyle = colours.deployment;
    context.globalAlpha = 0.14 * strength;
    context.fill();
    context.globalAlpha = strength;
    context.strokeStyle = chosen ? colours.accent : colours.deployment;
    context.lineWidth = chosen ? 3.5 : r > SMALL ? 2.2 : 1.8;
    context.stroke();
    context.fillStyle = colours.deployment;
    if (deployments.length > 1) {
      context.font = "700 " + Math.min(11, Math.round(r * 1.15)) + "px " + marks.font;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(String(deployments.length), x, y + 0.5);
    } else {
      context.beginPath();
      context.arc(x, y, r > 6 ? 2 : 1.5, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }
  function deploymentLayer(coloursNow) {
    const listeners = [];
    let list = [];
    let chosen = null;
    let spots = [];
    let frameNow = null;
    let previewed = null;
    function passes(deployment) {
      if (previewed === null)
        return filter.letsSystem(deployment.values);
      return deployment.suppliers.some((one) => one.supplies && one.supplier_id === previewed);
    }
    function spotsOf(frame) {
      const world = 256 * 2 ** frame.zoom;
      const width = frame.drawn.max.x - frame.drawn.min.x;
      const found = [];
      const join = frame.zoom <= WIDE ? JOIN : 1.8 * RING;
      const ordered = [...list.filter(passes), ...list.filter((one) => !passes(one))];
      for (const deployment of ordered) {
        if (deployment.lon_deg === null)
          continue;
        const at = layer._map.project([deployment.lat_deg, deployment.lon_deg], frame.zoom);
        const y = at.y - frame.drawn.min.y;
        const first = ((at.x - frame.drawn.min.x) % world + world) % world;
        for (let x = first - world;x < width + RING; x += world) {
          if (x < -RING)
            continue;
          const isFaint = !passes(deployment);
          const near = found.find((spot) => spot.isFaint === isFaint && Math.hypot(spot.x - x, spot.y - y) < join);
          if (near)
            near.deployments.push(deployment);
          else
            found.push({ x, y, deployments: [deployment], isFaint });
        }
      }
      return found.map((spot) => ({ ...spot, r: ringRadius(frame.zoom, spot.deployments.length) }));
    }
    const layer = new MapCanvas("wc-deployments", 405, (context, frame) => {
      const colours = coloursNow();
      frameNow = frame;
      spots = spotsOf(frame);
      for (const spot of [...spots].reverse()) {
        const isChosen = spot.deployments.some(({ id }) => id === chosen);
        drawRing(context, spot, colours, isChosen, spot.isFaint && !isChosen ? FAINT : 1);
      }
      for (const listener of listeners)
        listener();
    });
    layer.toLabel = () => {
      if (!frameNow)
        return [];
      const { view, drawn, zoom } = frameNow;
      const left = view.min.x - drawn.min.x;
      const right = view.max.x - drawn.min.x;
      const isWide = zoom <= WIDE;
      return spots.filter((spot) => !spot.isFaint && spot.x > left && spot.x < right).filter(({ deployments }) => !isWide || zoom > 3 || deployments[0].headline).slice(0, isWide ? LABELS : 60).map((spot) => ({ ...spot, text: shortLabel(spot.deployments) }));
    };
    layer.obstacles = () => spots.filter(({ isFaint }) => !isFaint);
    layer.onDraw = (listener) => listeners.push(listener);
    layer.show = (deployments) => {
      const size = (deployment) => deployment.headline ? deployment.headline.size : 0;
      list = [...deployments].sort((a, b) => size(b) - size(a));
      layer.redraw();
    };
    layer.choose = (id) => {
      chosen = id;
      layer.redrawSoon();
    };
    layer.all = () => list;
    layer.inView = () => {
      const bounds = layer._map.getBounds();
      return list.filter(({ lat_deg: lat, lon_deg: lng }) => lat !== null && bounds.contains([lat, lng]));
    };
    layer.passing = () => list.filter((deployment) => filter.letsSystem(deployment.values));
    layer.preview = (supplierId) => {
      if (previewed === supplierId)
        return;
      previewed = supplierId;
      layer.redrawSoon();
    };
    layer.fit = (supplierId) => {
      const points = list.filter(({ lat_deg: lat }) => lat !== null).filter(({ suppliers }) => suppliers.some((one) => one.supplies && one.supplier_id === supplierId)).map(({ lat_deg: lat, lon_deg: lon }) => [lat, lon]);
      if (points.length === 0)
        return;
      layer._map.fitBounds(points, { animate: false, padding: [40, 40], maxZoom: 7 });
    };
    layer.label = label;
    layer.at = function at(latlng, touch) {
      if (!frameNow)
        return [];
      const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
      const reach = touch ? 22 : RING + 3;
      const spot = spots.find(({ x, y, isFaint }) => !isFaint && Math.hypot(x - point.x, y - point.y) <= reach);
      return spot ? spot.deployments : [];
    };
    layer.beside = (deployment) => deployment.lon_deg === null ? [deployment] : list.filter(({ lon_deg: lon, lat_deg: lat }) => lon === deployment.lon_deg && lat === deployment.lat_deg);
    return layer;
  }

  // site/js/facets.js
  var SHOWN = 9;
  function facetsOf(meta) {
    const numbered = (list) => list.map((entry, index) => ({ ...entry, index }));
    const there = (list) => numbered(list).filter(({ rows }) => rows > 0);
    const makers = [...meta.vendors, ...meta.others];
    const all = [
      ["kind", there(meta.kinds)],
      ["vendor", numbered(makers).filter(({ rows }) => rows !== 0)],
      ["country", numbered(meta.countries).filter(({ id, rows }) => id !== null || rows > 0)],
      ["technology", numbered(meta.technologies)],
      ["status", meta.deployments ? numbered(STATUSES) : []],
      ["listed", meta.deployments ? numbered(LISTED) : []],
      ["rung", there(meta.rungs)],
      ["visibility", there(meta.visibilities)],
      ["zone", there(meta.zones)],
      ["lifecycle", there(meta.lifecycles)]
    ];
    return all.map(([facet, held]) => ({ facet, held })).filter(({ held }) => held.length > 0);
  }
  var OF_CAMERAS = new Set(FACETS);
  var OF_SYSTEMS = new Set(SYSTEM_FACETS);
  function nameOf(facet, entry) {
    if (facet === "vendor")
      return entry.id === null ? t("value.unknown") : String(entry.name);
    if (facet === "rung")
      return t("rung.short." + entry.id);
    if (entry.id === null)
      return t(facet === "country" ? "value.no_country" : "value.unknown");
    if (entry.id === "*")
      return t("value.rarer");
    if (facet === "country")
      return countryName(entry.id);
    return wordFor(facet, entry.id);
  }
  function markOf(facet, index, entry) {
    if (facet === "kind")
      return marks.picture(index, 0);
    if (facet === "vendor")
      return marks.picture(0, index);
    return facet === "rung" ? rungBox(entry.id) : null;
  }
  function choice(facet, index, entry) {
    const box = el("input", {
      type: "checkbox",
      onchange: () => filter.toggle(facet, index, box.checked)
    });
    const count = el("span", { class: "n" });
    const systems = el("span", { class: "n-systems" });
    const label = el("label", null, box, markOf(facet, index, entry), dataText(nameOf(facet, entry)), OF_CAMERAS.has(facet) ? count : null, OF_SYSTEMS.has(facet) ? systems : null);
    const text = String(nameOf(facet, entry)).toLowerCase();
    return { index, entry, label, box, count, systems, text };
  }
  function butSwitch(facet) {
    const button = (but, key) => el("button", { type: "button", onclick: () => filter.setBut(facet, but) }, t(key));
    const only = button(false, "filter.only");
    const but = button(true, "filter.but");
    const group = el("span", { class: "how", role: "group" }, only, but);
    group.setAttribute("aria-label", t("filter.how", { facet: t("facet." + facet) }));
    group.hidden = true;
    return {
      group,
      show() {
        const state = filter.chosen[facet];
        group.hidden = state.set.size === 0;
        only.setAttribute("aria-pressed", String(!state.but));
        but.setAttribute("aria-pressed", String(state.but));
      }
    };
  }
  function scopeOf(facet) {
    if (!OF_SYSTEMS.has(facet))
      return null;
    if (facet === "vendor")
      return el("small", null, t("filter.of_supplier"));
    const words = OF_CAMERAS.has(facet) ? t("filter.of_both") : t("filter.of_systems");
    return el("small", null, words);
  }
  function group(facet, held) {
    const choices = held.map((entry) => choice(facet, entry.index, entry));
    const switcher = butSwitch(facet);
    const rows = el("div", { class: "choices" });
    let wanted = "";
    let open = false;
    let counts = [];
    let systemCounts = [];
    let placed = null;
    const nothing = el("p", { class: "quiet", hidden: true }, t("filter.none"));
    const more = el("button", {
      type: "button",
      class: "more",
      onclick() {
        open = !open;
        arrange();
      }
    });
    const narrowTo = choices.length > SHOWN + 6 ? el("input", {
      class: "narrow-to",
      type: "search",
      autocomplete: "off",
      "aria-label": t("filter.find", { facet: t("facet." + facet) }),
      placeholder: t("filter.find", { facet: t("facet." + facet) }),
      oninput(event) {
        wanted = event.target.value.trim().toLowerCase();
        arrange();
      }
    }) : null;
    function arrange() {
      const matching = choices.filter(({ text }) => text.includes(wanted));
      const { set } = filter.chosen[facet];
      const inView = ({ index }) => (counts[index] || 0) > 0 || (systemCounts[index] || 0) > 0 || set.has(index);
      const there = matching.filter(inView);
      const isShort = choices.length <= SHOWN || there.length === 0;
      const ordered = [...there, ...matching.filter((one) => !inView(one))];
      const limit = open || wanted ? 200 : isShort ? SHOWN : Math.min(SHOWN, there.length);
      const shown = ordered.filter(({ index }, i) => i < limit || set.has(index));
      const rest = matching.length - shown.length;
      more.hidden = !open && rest === 0;
      more.textContent = open ? t("filter.fewer") : t("filter.more", { n: rest });
      place(shown);
      nothing.hidden = shown.length > 0;
    }
    function place(shown) {
      const order = shown.map(({ index }) => index).join();
      if (order === placed)
        return;
      placed = order;
      const focused = focusIn(rows);
      fillNode(rows, shown.map(({ label }) => label));
      if (focused && focused.isConnected)
        focused.focus({ preventScroll: true });
    }
    function show(ofCameras, ofSystems) {
      counts = ofCameras || [];
      systemCounts = ofSystems || [];
      const { set } = filter.chosen[facet];
      for (const { index, box, count, systems } of choices) {
        const n = counts[index] || 0;
        count.textContent = formatNumber(n);
        count.className = n ? "n" : "n none";
        const m = systemCounts[index] || 0;
        systems.textContent = m ? formatNumber(m) : "";
        systems.title = m ? t("filter.n_systems", { n: m }) : "";
        box.checked = set.has(index);
      }
      switcher.show();
      arrange();
    }
    arrange();
    return {
      node: el("div", { class: "facet", role: "group", "aria-label": t("facet." + facet) }, el("div", { class: "facet-head" }, el("h2", null, t("facet." + facet), scopeOf(facet)), switcher.group), narrowTo, rows, nothing, more),
      show
    };
  }
  function sameForAll(facets, meta) {
    const unknown = facets.filter(({ held }) => held[0].id === null);
    const same = facets.filter(({ facet, held }) => held[0].id !== null && facet !== "rung");
    const names = unknown.map(({ facet }) => t("facet." + facet));
    if (meta.with_direction === 0)
      names.push(t("fact.faces"));
    return [
      same.map(({ facet, held }) => el("div", { class: "facet" }, el("h2", null, t("facet." + facet)), el("p", { class: "only-one" }, markOf(facet, held[0].index, held[0]), dataText(nameOf(facet, held[0])), t("filter.one_value")))),
      names.length ? el("div", { class: "facet" }, el("h2", null, t("filter.unknown_for_all", { n: meta.standing })), el("ul", { class: "missing-list" }, names.map((name) => el("li", null, name)))) : null
    ];
  }
  function facetPanel(meta, into) {
    const facets = facetsOf(meta);
    const isLeftOut = ({ index }) => !STANDING.includes(index);
    const isOpen = ({ facet, held }) => held.length > 1 || facet === "lifecycle" && held.some(isLeftOut);
    const open = facets.filter(isOpen);
    const groups = open.map(({ facet, held }) => ({ facet, made: group(facet, held) }));
    const folded = facets.filter((one) => one.held.length === 1 && !isOpen(one));
    fillNode(into, groups.map(({ made }) => made.node), sameForAll(folded, meta));
    if (meta.other_devices.length || meta.counts.withheld || meta.sites[0])
      into.append(notCounted(meta));
    return (tally, systems) => {
      for (const { facet, made } of groups)
        made.show(tally[facet], systems[facet]);
    };
  }
  function notCounted(meta) {
    const words = meta.other_devices.map(({ kind, count }) => formatNumber(count) + " " + inSentence(wordFor("kind", kind)));
    const withheld = meta.counts.withheld;
    const [sites, cameras] = meta.sites;
    return el("p", { class: "list-note" }, sites ? t("panel.sites", { n: sites, cameras }) + " " : "", words.length ? t("panel.others", { what: words.join(", ") }) + " " : "", withheld ? t("panel.withheld", { n: withheld }) : "");
  }

  // site/js/failure.js
  function comeAlive() {
    document.documentElement.dataset.alive = "true";
  }
  function giveUp(reason) {
    delete document.documentElement.dataset.alive;
    document.documentElement.dataset.failed = "true";
    fillNode(byId("plain-why"), t(reason));
    byId("notice").hidden = true;
  }
  function canUnpack() {
    return typeof DecompressionStream === "function" && typeof Response === "function";
  }

  // site/js/hatch.js
  var APART = 12;
  function lines(context, width, height, colour, shift) {
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.beginPath();
    const first = -height + (shift % APART + APART) % APART;
    for (let x = first;x < width; x += APART) {
      context.moveTo(x, height);
      context.lineTo(x + height, 0);
    }
    context.stroke();
  }
  function hatch(context, frame, colour, path) {
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const height = frame.drawn.max.y - frame.drawn.min.y;
    context.save();
    context.clip(path, "evenodd");
    context.globalAlpha = 0.7;
    const shift = -(frame.drawn.min.x + frame.drawn.max.y);
    lines(context, width, height, colour, shift);
    context.restore();
  }
  function hatchHoles(context, frame, colours, map, meta) {
    if (!meta.world)
      return;
    for (const { box } of meta.world.holes) {
      if (!box)
        continue;
      const [west, south, east, north] = box;
      const least = map.project([north, west], frame.zoom).subtract(frame.drawn.min);
      const most = map.project([south, east], frame.zoom).subtract(frame.drawn.min);
      const path = new Path2D;
      path.rect(least.x, least.y, most.x - least.x, most.y - least.y);
      hatch(context, frame, colours["rule-strong"], path);
    }
  }

  // site/js/extent.js
  var WIDEST_DEG = 3;
  var MARGIN2 = 18;
  var HATCHED_FROM = 10;
  var LEAST = 40;
  function drawExtent(context, frame, colours, map, meta) {
    const { opening } = meta;
    if (!opening || opening.east - opening.west > WIDEST_DEG)
      return null;
    if (opening.north - opening.south > WIDEST_DEG)
      return null;
    const { zoom, drawn } = frame;
    const least = map.project([opening.north, opening.west], zoom).subtract(drawn.min);
    const most = map.project([opening.south, opening.east], zoom).subtract(drawn.min);
    const left = Math.round(least.x - MARGIN2) + 0.5;
    const top = Math.round(least.y - MARGIN2) + 0.5;
    const width = Math.round(most.x - least.x + 2 * MARGIN2);
    const height = Math.round(most.y - least.y + 2 * MARGIN2);
    if (width < LEAST || height < LEAST)
      return null;
    const outside = new Path2D;
    outside.rect(0, 0, drawn.max.x - drawn.min.x, drawn.max.y - drawn.min.y);
    outside.rect(left, top, width, height);
    if (zoom >= HATCHED_FROM)
      hatch(context, frame, colours.rule, outside);
    context.strokeStyle = colours["rule-strong"];
    context.lineWidth = 1;
    context.setLineDash([6, 4]);
    context.strokeRect(left, top, width, height);
    context.setLineDash([]);
    context.fillStyle = colours["ink-3"];
    context.font = "12px " + marks.font;
    context.textAlign = "left";
    context.textBaseline = "top";
    const words = t(meta.local.length ? "extent_with_local" : "extent", { n: meta.standing });
    const room = Math.max(width, 190);
    const lines = [""];
    for (const word of words.split(" ")) {
      const line = lines[lines.length - 1];
      const longer = line ? line + " " + word : word;
      if (line && context.measureText(longer).width > room)
        lines.push(word);
      else
        lines[lines.length - 1] = longer;
    }
    const first = top + height + 6;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colours.land;
    lines.forEach((line, i) => context.strokeText(line, left, first + 16 * i));
    lines.forEach((line, i) => context.fillText(line, left, first + 16 * i));
    return { left, right: left + room, top: first, bottom: first + 16 * lines.length };
  }

  // site/js/graticule.js
  var STEPS = [5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
  var APART2 = 140;
  function words2(degrees, step, positive, negative) {
    const digits = Math.max(0, Math.ceil(-Math.log10(step) - 0.000000001));
    const letter = degrees === 0 ? "" : degrees > 0 ? positive : negative;
    return Math.abs(degrees).toFixed(digits) + "° " + letter;
  }
  function drawGraticule(context, frame, colours, map) {
    const { zoom, drawn, view } = frame;
    const perDegree = 256 * 2 ** zoom / 360;
    const step = STEPS.filter((one) => one * perDegree >= APART2).pop() || STEPS[0];
    const northWest = map.unproject(drawn.min, zoom);
    const southEast = map.unproject(drawn.max, zoom);
    const width = drawn.max.x - drawn.min.x;
    const height = drawn.max.y - drawn.min.y;
    const left = view.min.x - drawn.min.x;
    const top = view.min.y - drawn.min.y;
    context.strokeStyle = colours.border;
    context.fillStyle = colours["street-name"];
    context.lineWidth = 1;
    context.font = "11px " + marks.font;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    for (let k = Math.ceil(northWest.lng / step);k * step <= southEast.lng; k++) {
      const x = Math.round(map.project([0, k * step], zoom).x - drawn.min.x) + 0.5;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.stroke();
      const lng = ((k * step + 180) % 360 + 360) % 360 - 180;
      context.fillText(words2(lng, step, t("east"), t("west")), x + 4, top + 14);
    }
    for (let k = Math.ceil(southEast.lat / step);k * step <= northWest.lat; k++) {
      const y = Math.round(map.project([k * step, 0], zoom).y - drawn.min.y) + 0.5;
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
      context.fillText(words2(k * step, step, t("north"), t("south")), left + 6, y - 4);
    }
  }

  // site/js/ground.js
  var FINE_FROM = 5;
  var FADE_FROM = 9;
  var GONE_AT = 12;
  function unrolled(list) {
    const points = new Float64Array(list.length);
    let x = 0;
    let y = 0;
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    for (let i = 0;i < list.length; i += 2) {
      x += list[i];
      y += list[i + 1];
      points[i] = x;
      points[i + 1] = y;
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.north = Math.min(box.north, y);
      box.south = Math.max(box.south, y);
    }
    return { points, box };
  }
  function shapesOf(land) {
    return {
      side: 2 ** land.q,
      rings: land.rings.map(unrolled),
      borders: land.borders.map(unrolled),
      disputed: land.disputed.map(unrolled)
    };
  }
  function trace2(context, { points }, closed, toX, toY, isCut) {
    let lastX = toX(points[0]);
    let lastY = toY(points[1]);
    context.moveTo(lastX, lastY);
    const end = closed ? points.length + 2 : points.length;
    for (let i = 2;i < end; i += 2) {
      const k = i % points.length;
      const x = toX(points[k]);
      const y = toY(points[k + 1]);
      const cut = isCut && isCut(points[i - 2], points[i - 1], points[k], points[k + 1]);
      if (!cut && i + 2 < end && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5)
        continue;
      if (cut)
        context.moveTo(x, y);
      else
        context.lineTo(x, y);
      lastX = x;
      lastY = y;
    }
  }
  function drawWorld(context, land, colours, frame, offset) {
    const { zoom, drawn } = frame;
    const scale = 256 * 2 ** zoom / land.side;
    const toX = (x) => x * scale + offset - drawn.min.x;
    const toY = (y) => y * scale - drawn.min.y;
    const width = drawn.max.x - drawn.min.x;
    const height = drawn.max.y - drawn.min.y;
    const isThere = ({ box }) => toX(box.east) >= 0 && toX(box.west) <= width && toY(box.south) >= 0 && toY(box.north) <= height;
    const isCut = (x, y, nextX, nextY) => x === 0 && nextX === 0 || x === land.side && nextX === land.side || y === land.side && nextY === land.side;
    const rings = land.rings.filter(isThere);
    context.beginPath();
    for (const ring of rings)
      trace2(context, ring, true, toX, toY, null);
    context.fillStyle = colours.land;
    context.fill("evenodd");
    context.lineJoin = "round";
    context.lineWidth = zoom < 4 ? 0.6 : 0.9;
    context.strokeStyle = colours.border;
    const kinds = [
      [land.borders, []],
      [land.disputed, [3, 3]]
    ];
    for (const [lines, dash] of kinds) {
      context.setLineDash(dash);
      context.beginPath();
      for (const line of lines.filter(isThere))
        trace2(context, line, false, toX, toY, null);
      context.stroke();
    }
    context.setLineDash([]);
    context.beginPath();
    for (const ring of rings)
      trace2(context, ring, true, toX, toY, isCut);
    context.strokeStyle = colours.coast;
    context.stroke();
  }
  function draw2(context, frame, land, colours) {
    const { zoom, drawn } = frame;
    const width = drawn.max.x - drawn.min.x;
    const height = drawn.max.y - drawn.min.y;
    if (zoom < GONE_AT) {
      const world = 256 * 2 ** zoom;
      const last = Math.floor(drawn.max.x / world);
      for (let copy = Math.floor(drawn.min.x / world);copy <= last; copy++) {
        drawWorld(context, land, colours, frame, copy * world);
      }
    }
    if (zoom > FADE_FROM) {
      context.globalAlpha = Math.min(1, (zoom - FADE_FROM) / (GONE_AT - FADE_FROM));
      context.fillStyle = colours.land;
      context.fillRect(0, 0, width, height);
      context.globalAlpha = 1;
    }
  }
  function groundLayer(meta, coloursNow, streets) {
    const coarse = shapesOf(have("land-110m"));
    let fine = null;
    let isAsked = false;
    const layer = new MapCanvas("wc-ground", 200, (context, frame) => {
      const colours = coloursNow();
      const wantsFine = frame.zoom >= FINE_FROM && frame.zoom < GONE_AT;
      if (wantsFine && !fine && !isAsked && mayLoad)
        refine();
      draw2(context, frame, frame.zoom >= FINE_FROM && fine ? fine : coarse, colours);
      if (frame.zoom >= GONE_AT && !streets.isThere) {
        drawGraticule(context, frame, colours, layer._map);
      }
      streets.draw(context, frame, colours);
      hatchHoles(context, frame, colours, layer._map, meta);
      words = drawExtent(context, frame, colours, layer._map, meta);
    });
    let words = null;
    let mayLoad = false;
    drop("land-110m");
    async function refine() {
      isAsked = true;
      try {
        fine = shapesOf(await want("land-50m"));
        drop("land-50m");
        layer.redrawSoon();
      } catch {}
    }
    layer.written = () => words ? [words] : [];
    layer.allowFine = () => {
      mayLoad = true;
      layer.redrawSoon();
    };
    return layer;
  }

  // site/js/hexagons.js
  var WORLD = 1 << 25;
  var TALL = Math.sqrt(0.75);
  var CLASSES = 10;
  function classOf(vendor) {
    return vendor < CLASSES - 1 ? vendor : CLASSES - 1;
  }
  function hexShift(zoom) {
    return zoom >= 14 ? 0 : 22 - zoom;
  }
  function latticeOf(area, shift) {
    const side = 2 ** shift;
    const tall = side * TALL;
    const west = area.west >> shift << shift;
    const firstRow = Math.floor(area.north / (2 * tall)) * 2;
    const north = firstRow * tall;
    const width = Math.min(WORLD, Math.ceil((area.west - west + area.width) / side + 1) * side);
    const height = Math.ceil((area.north - north + area.height) / tall + 1) * tall;
    const across = width / side + 2;
    const down = Math.ceil(height / tall) + 3;
    return {
      shift,
      side,
      tall,
      across,
      area: { west, north, width, height },
      round: width === WORLD ? WORLD / side : 0,
      n: new Uint32Array(across * down * CLASSES),
      offX: new Float64Array(across * down),
      offY: new Float64Array(across * down)
    };
  }
  function drop2(lattice, dx, dy, vendor, count) {
    const { side, tall, across, round } = lattice;
    const py = dy / tall;
    let row = Math.round(py);
    const px = dx / side - (row & 1) / 2;
    let column = Math.round(px);
    const upDown = py - row;
    if (Math.abs(upDown) * 3 > 1) {
      const aside = px - column;
      const next = column + (px < column ? -0.5 : 0.5);
      const nextRow = row + (py < row ? -1 : 1);
      const nextAside = px - next;
      const nextUpDown = py - nextRow;
      const here = aside * aside + 0.75 * upDown * upDown;
      if (here > nextAside * nextAside + 0.75 * nextUpDown * nextUpDown) {
        column = next + (row & 1 ? 0.5 : -0.5);
        row = nextRow;
      }
    }
    const offX = dx - (column + (row & 1) / 2) * side;
    if (round)
      column = (column + round) % round;
    const hexagon = (row + 1) * across + column + 1;
    lattice.n[hexagon * CLASSES + classOf(vendor)] += count;
    lattice.offX[hexagon] += count * offX;
    lattice.offY[hexagon] += count * (dy - row * tall);
  }
  var PULL = 0.5;
  function discsOf(lattice, unit, zoom) {
    const px = 2 ** (zoom + 8 - 25);
    const { n, across, side, tall } = lattice;
    const discs = [];
    for (let hexagon = 0;hexagon * CLASSES < n.length; hexagon++) {
      const shares = n.subarray(hexagon * CLASSES, (hexagon + 1) * CLASSES);
      let count = 0;
      for (const share of shares)
        count += share;
      if (count === 0)
        continue;
      const row = Math.floor(hexagon / across) - 1;
      const column = hexagon % across - 1;
      const middle = (column + (row & 1) / 2) * side;
      discs.push({
        n: count,
        shares,
        x: (middle + lattice.offX[hexagon] / count * PULL) * px,
        y: (row * tall + lattice.offY[hexagon] / count * PULL) * px,
        r: Math.max(LEAST2, unit * Math.sqrt(count))
      });
    }
    return discs.sort((a, b) => b.n - a.n);
  }
  var LEAST2 = 1.8;
  var LARGEST = 19;
  var SINGLE = 4;
  function unitOf(fullest) {
    return Math.min(SINGLE, LARGEST / Math.sqrt(fullest));
  }
  function fullestOf(rows, shift) {
    const { x, y, n, count, lifecycle } = rows;
    let most = 1;
    let run = 0;
    for (let i = 0;i < n; i++) {
      const same = i > 0 && x[i] >>> shift === x[i - 1] >>> shift && y[i] >>> shift === y[i - 1] >>> shift;
      const here = count ? count[i] : Number(STANDING.includes(lifecycle[i]));
      run = (same ? run : 0) + here;
      if (run > most)
        most = run;
    }
    return most;
  }

  // site/js/count_in_view.js
  var WORLD2 = 1 << 25;
  function areaOf(bounds, zoom) {
    const cell = 2 ** (25 - 8 - zoom);
    const north = Math.max(0, Math.round(bounds.min.y * cell));
    const south = Math.min(WORLD2, Math.round(bounds.max.y * cell));
    const west = Math.round(bounds.min.x * cell);
    const width = Math.min(WORLD2, Math.round(bounds.max.x * cell) - west);
    return { west, north, width, height: Math.max(0, south - north) };
  }
  var ROWS_AT_MOST = 6000;
  function countInView(store, refused, area, drawn, lattice) {
    const { x, y, n, vendor } = store;
    const groupOf = store.groups.of;
    const inView = new Uint32Array(store.groups.n);
    const mask = WORLD2 - 1;
    const { west, north, width, height } = area;
    const { west: dWest, north: dNorth, width: dWidth, height: dHeight } = lattice ? lattice.area : drawn;
    const most = lattice ? ROWS_AT_MOST : Infinity;
    const rows = [];
    let passing = 0;
    for (let i = 0;i < n; i++) {
      const dx = x[i] - dWest & mask;
      if (dx >= dWidth)
        continue;
      const dy = y[i] - dNorth;
      if (dy < 0 || dy >= dHeight)
        continue;
      const group = groupOf[i];
      const vy = y[i] - north;
      const passes = refused[group] === 0;
      if (vy >= 0 && vy < height && (x[i] - west & mask) < width) {
        inView[group]++;
        if (passes)
          passing++;
      }
      if (!passes)
        continue;
      if (lattice)
        drop2(lattice, dx, dy, vendor[i], 1);
      if (rows.length < most)
        rows.push(i);
    }
    return { inView, rows, passing, areAll: rows.length < most };
  }
  function tallyGroups(store, refused, inView) {
    const { groups } = store;
    const out = { total: 0, before: 0, unknownMaker: 0 };
    const counts = FACETS.map((facet) => {
      out[facet] = [];
      return out[facet];
    });
    const values = FACETS.map((facet) => groups[facet]);
    const lives = 1 << FACETS.indexOf("lifecycle");
    for (let g = 0;g < groups.n; g++) {
      const n = inView[g];
      if (n === 0)
        continue;
      const bits = refused[g];
      if ((bits & lives) === 0)
        out.before += n;
      if (bits === 0) {
        out.total += n;
        if (groups.vendor[g] === 0)
          out.unknownMaker += n;
      }
      for (let f = 0;f < counts.length; f++) {
        if ((bits & ~(1 << f)) !== 0)
          continue;
        const value = values[f][g];
        counts[f][value] = (counts[f][value] || 0) + n;
      }
    }
    return out;
  }

  // site/js/discs.js
  var TURN = 2 * Math.PI;
  var TOP = -Math.PI / 2;
  var RING_FROM = 5;
  var NUMBER_FROM = 10;
  function circle(context, x, y, r) {
    context.beginPath();
    context.arc(x, y, r, 0, TURN);
  }
  function colourOf(colours, share) {
    if (share === 0)
      return colours.camera;
    return colours[share === CLASSES - 1 ? "maker-rest" : "maker-" + share];
  }
  function commonest(shares) {
    let best = 0;
    for (let share = 1;share < shares.length; share++)
      if (shares[share] > shares[best])
        best = share;
    return best;
  }
  function drawSmall(context, { x, y, r, shares }, colours) {
    const most = commonest(shares);
    circle(context, x, y, r);
    context.fillStyle = most === 0 && r > 2.4 ? colours["camera-fill"] : colourOf(colours, most);
    context.fill();
    if (most === 0 && r > 2.4) {
      context.lineWidth = 1.2;
      context.strokeStyle = colours.camera;
      context.stroke();
    }
  }
  function drawRing2(context, { x, y, r, n, shares }, colours) {
    const band = Math.max(2.4, r * 0.3);
    circle(context, x, y, r);
    context.fillStyle = colours["camera-fill"];
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = colours.camera;
    circle(context, x, y, r - 0.6);
    context.stroke();
    let from = TOP;
    context.lineWidth = band;
    for (let share = 1;share < CLASSES; share++) {
      if (shares[share] === 0)
        continue;
      const to = from + TURN * shares[share] / n;
      context.beginPath();
      context.arc(x, y, r - band / 2, from, to);
      context.strokeStyle = colourOf(colours, share);
      context.stroke();
      from = to;
    }
  }
  function drawFull(context, { x, y, r }, colours) {
    circle(context, x, y, r);
    context.fillStyle = colours.camera;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.land;
    context.stroke();
  }
  function drawNumber(context, disc, colours) {
    const text = shortNumber(disc.n);
    const size = Math.max(9, Math.min(12, Math.round(disc.r * 0.62)));
    context.font = "600 " + size + "px " + marks.font;
    const inside = looks.who ? colours["camera-fill"] : colours.camera;
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = inside;
    if (text.length * size * 0.56 > disc.r * 1.3)
      context.strokeText(text, disc.x, disc.y + 0.5);
    context.fillStyle = looks.who ? colours.camera : colours["bin-ink"];
    context.fillText(text, disc.x, disc.y + 0.5);
  }
  function shortNumber(n) {
    if (n < 1000)
      return formatNumber(n);
    const thousands = n < 9950 ? Math.round(n / 100) / 10 : Math.round(n / 1000);
    return formatNumber(thousands) + "k";
  }
  function drawDiscs(context, discs, colours) {
    for (const disc of discs) {
      if (!looks.who)
        drawFull(context, disc, colours);
      else if (disc.r < RING_FROM)
        drawSmall(context, disc, colours);
      else
        drawRing2(context, disc, colours);
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const disc of discs)
      if (disc.r >= NUMBER_FROM)
        drawNumber(context, disc, colours);
  }
  function numbered(discs) {
    return discs.filter(({ r }) => r >= NUMBER_FROM);
  }

  // site/js/cones.js
  var ASSUMED_DEG = 60;
  function coneLength(zoom) {
    return zoom >= 18 ? 56 : zoom === 17 ? 42 : zoom === 16 ? 28 : 18;
  }
  function wedge(context, x, y, from, length, middle, half) {
    context.beginPath();
    context.moveTo(x + Math.cos(middle - half) * from, y + Math.sin(middle - half) * from);
    context.lineTo(x + Math.cos(middle - half) * length, y + Math.sin(middle - half) * length);
    context.arc(x, y, length, middle - half, middle + half);
    context.lineTo(x + Math.cos(middle + half) * from, y + Math.sin(middle + half) * from);
  }
  function drawCones(context, look) {
    const { x, y, length, from, directions, angle, allRound, colour, chosen } = look;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = chosen ? 2.25 : 1.25;
    if (allRound) {
      context.setLineDash([]);
      context.beginPath();
      context.arc(x, y, length * 0.8, 0, 2 * Math.PI);
      context.globalAlpha = chosen ? 0.26 : 0.16;
      context.fill();
      context.globalAlpha = 1;
      context.stroke();
      return;
    }
    const half = (angle || ASSUMED_DEG) / 2 * Math.PI / 180;
    for (const degrees of directions) {
      const middle = (degrees - 90) * Math.PI / 180;
      wedge(context, x, y, from, length, middle, half);
      if (angle) {
        context.setLineDash([]);
        context.globalAlpha = chosen ? 0.26 : 0.16;
        context.fill();
        context.globalAlpha = 1;
        context.stroke();
      } else {
        context.setLineDash([3, 3]);
        context.globalAlpha = chosen ? 1 : 0.85;
        context.stroke();
        context.setLineDash([]);
        context.beginPath();
        context.moveTo(x + Math.cos(middle) * from, y + Math.sin(middle) * from);
        context.lineTo(x + Math.cos(middle) * length * 0.55, y + Math.sin(middle) * length * 0.55);
        context.stroke();
        context.globalAlpha = 1;
      }
    }
  }

  // site/js/store.js
  var HALF = 67108864;
  var EVEN = new Uint8Array(1 << 12);
  for (let i = 0;i < EVEN.length; i++) {
    for (let k = 0;k < 6; k++)
      EVEN[i] |= (i >> 2 * k & 1) << k;
  }
  function column(half) {
    return EVEN[half & 4095] | EVEN[half >>> 12 & 4095] << 6 | (half >>> 24 & 1) << 12;
  }
  function readPlanes(bytes, n, planes) {
    const columns = {};
    let at = 0;
    for (const [name, width] of planes) {
      if (width === 1)
        columns[name] = bytes.subarray(at, at + n);
      else if (width === 2) {
        const out = new Uint16Array(n);
        for (let i = 0;i < n; i++)
          out[i] = bytes[at + i] | bytes[at + n + i] << 8;
        columns[name] = out;
      } else
        columns[name] = at;
      at += width * n;
    }
    columns.end = at;
    return columns;
  }
  function readPositions(bytes, at, n) {
    const x = new Uint32Array(n);
    const y = new Uint32Array(n);
    const p = [0, 1, 2, 3, 4, 5, 6].map((k) => bytes.subarray(at + k * n, at + (k + 1) * n));
    const [p0, p1, p2, p3, p4, p5, p6] = p;
    let code = 0;
    for (let i = 0;i < n; i++) {
      code += p0[i] + p1[i] * 256 + p2[i] * 65536 + p3[i] * 16777216 + p4[i] * 4294967296 + p5[i] * 1099511627776 + p6[i] * 281474976710656;
      const high = Math.floor(code / HALF);
      const low = code - high * HALF;
      x[i] = column(high) << 13 | column(low);
      y[i] = column(high >>> 1) << 13 | column(low >>> 1);
    }
    return { x, y };
  }
  function readWhole(bytes, at, n) {
    const out = new Uint32Array(n);
    let sum = 0;
    for (let i = 0;i < n; i++) {
      sum += bytes[at + i] + bytes[at + n + i] * 256 + bytes[at + 2 * n + i] * 65536 + bytes[at + 3 * n + i] * 16777216;
      out[i] = sum;
    }
    return out;
  }
  function readFarPoles(bytes, at, count) {
    const rows = readWhole(bytes, at, count);
    const far = new Map;
    for (let i = 0;i < count; i++) {
      const j = at + 4 * count + i;
      const upper = bytes[j + 2 * count] * 65536 + bytes[j + 3 * count] * 16777216;
      far.set(rows[i], bytes[j] + bytes[j + count] * 256 + upper);
    }
    return far;
  }
  function readPoles(plane, n, far) {
    const first = new Uint32Array(n);
    for (let i = 0;i < n; i++) {
      const back = plane[i];
      if (back === 0)
        first[i] = i;
      else
        first[i] = back === 255 ? far.get(i) : first[i - back];
    }
    return first;
  }
  function readExtraDirections(bytes, at, count) {
    const rows = readWhole(bytes, at, count);
    const extra = new Map;
    for (let i = 0;i < count; i++) {
      const list = extra.get(rows[i]) || [];
      list.push(bytes[at + 4 * count + i] * 2);
      extra.set(rows[i], list);
    }
    return extra;
  }
  async function readCameras(payload) {
    const bytes = await unpack(payload.gz);
    const n = payload.n;
    const planes = readPlanes(bytes, n, payload.planes);
    const positions = readPositions(bytes, planes.code, n);
    const extraCount = payload.extra || 0;
    const far = readFarPoles(bytes, planes.end + 5 * extraCount, payload.far_poles || 0);
    return {
      ...planes,
      ...positions,
      n,
      q: payload.q,
      more: readExtraDirections(bytes, planes.end, extraCount),
      poleOf: readPoles(planes.pole, n, far),
      groups: groupsOf({ ...planes, n })
    };
  }
  function readOverview(payload) {
    const n = payload.rows;
    const x = new Uint32Array(n);
    const y = new Uint32Array(n);
    const up = 25 - payload.q;
    let code = 0;
    for (let i = 0;i < n; i++) {
      code += payload.cell[i];
      const high = Math.floor(code / HALF);
      const low = code - high * HALF;
      x[i] = ((column(high) << 13 | column(low)) << up) + (1 << up - 1);
      y[i] = ((column(high >>> 1) << 13 | column(low >>> 1)) << up) + (1 << up - 1);
    }
    return { n, x, y, kind: payload.kind, vendor: payload.vendor, count: payload.count };
  }
  function directionsOf(store, row) {
    const first = store.direction[row];
    if (first >= 254)
      return [];
    return [first * 2, ...store.more.get(row) || []];
  }
  function latlngOf(store, row) {
    const side = 2 ** (store.q - 8);
    return L.CRS.EPSG3857.pointToLatLng(L.point((store.x[row] + 0.5) / side, (store.y[row] + 0.5) / side), 0);
  }
  function rowsOfPole(store, row) {
    const pole = store.poleOf[row];
    const rows = [];
    for (let i = 0;i < store.n; i++)
      if (store.poleOf[i] === pole)
        rows.push(i);
    return rows;
  }

  // site/js/spots.js
  var POLES_FROM = 16;
  var CONES_FROM = 15;
  var CONES_AT_MOST = 4000;
  var FAN = 24;
  function radius(zoom) {
    return zoom >= 17 ? 8 : zoom === 16 ? 7 : zoom === 15 ? 4.6 : zoom >= 10 ? 3.4 : 2.8;
  }
  function spotsOf(store, rows, frame) {
    const px = 2 ** (frame.zoom + 8 - 25);
    const world = 256 * 2 ** frame.zoom;
    const left = (frame.drawn.min.x % world + world) % world;
    const at = (row) => {
      let x = (store.x[row] + 0.5) * px - left;
      if (x < 0)
        x += world;
      return { x, y: (store.y[row] + 0.5) * px - frame.drawn.min.y };
    };
    if (frame.zoom < POLES_FROM) {
      const width = frame.drawn.max.x - frame.drawn.min.x;
      const spots = rows.map((row) => ({ ...at(row), rows: [row] }));
      const again = spots.filter(({ x }) => x + world < width);
      return [...spots, ...again.map((spot) => ({ ...spot, x: spot.x + world }))];
    }
    const poles = new Map;
    for (const row of rows) {
      const pole = store.poleOf[row];
      const spot = poles.get(pole);
      if (spot)
        spot.rows.push(row);
      else
        poles.set(pole, { ...at(row), rows: [row] });
    }
    return [...poles.values()];
  }
  function heading(store, row) {
    const first = store.direction[row];
    return first >= 254 ? null : first * 2;
  }
  function fan(store, spot) {
    const apart = Math.min(60, 360 / spot.rows.length);
    const wishes = spot.rows.map((row, i) => ({ row, wish: heading(store, row) ?? i * apart }));
    wishes.sort((a, b) => a.wish - b.wish);
    for (let i = 1;i < wishes.length; i++) {
      wishes[i].wish = Math.max(wishes[i].wish, wishes[i - 1].wish + apart);
    }
    const turn = wishes[wishes.length - 1].wish - wishes[0].wish;
    const even = turn > 360 - apart;
    return wishes.map(({ row, wish }, i) => {
      const degrees = even ? wishes[0].wish + i * 360 / wishes.length : wish;
      const angle = (degrees - 90) * Math.PI / 180;
      return { row, x: spot.x + Math.cos(angle) * FAN, y: spot.y + Math.sin(angle) * FAN };
    });
  }
  function drawSpotCones(context, store, spot, view) {
    for (const row of spot.rows) {
      const code = store.direction[row];
      if (code === 255)
        continue;
      drawCones(context, {
        x: spot.x,
        y: spot.y,
        from: spot.rows.length > 1 ? 6 : view.r * 0.8,
        length: coneLength(view.zoom) + view.r,
        directions: directionsOf(store, row),
        angle: store.angle[row] * 2,
        allRound: code === 254 || store.angle[row] >= 180,
        colour: view.colours[row === view.chosen ? "accent" : marks.colourName(store.vendor[row])],
        chosen: row === view.chosen
      });
    }
  }
  function drawPole(context, spot, colours, r) {
    context.beginPath();
    context.arc(spot.x, spot.y, r, 0, 2 * Math.PI);
    context.fillStyle = colours["camera-fill"];
    context.strokeStyle = colours.camera;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
    if (r < 6.5)
      return;
    context.fillStyle = colours.camera;
    context.font = "700 " + Math.round(r * 1.35) + "px " + marks.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(spot.rows.length), spot.x, spot.y + 0.5);
  }
  function drawChosen(context, x, y, r, colours) {
    context.beginPath();
    context.arc(x, y, r + 5, 0, 2 * Math.PI);
    context.strokeStyle = colours.accent;
    context.lineWidth = 3;
    context.stroke();
  }
  function drawMark(context, store, row, x, y, view) {
    const stands = STANDING.includes(store.lifecycle[row]);
    const mark = stands ? marks.draw : marks.drawNotStanding;
    mark(context, view.colours, store.kind[row], store.vendor[row], x, y, view.r);
    if (row === view.chosen)
      drawChosen(context, x, y, view.r, view.colours);
  }
  function drawFan(context, store, spot, view, hits) {
    for (const mark of fan(store, spot)) {
      context.beginPath();
      context.moveTo(spot.x, spot.y);
      context.lineTo(mark.x, mark.y);
      context.strokeStyle = view.colours["ink-3"];
      context.lineWidth = 1;
      context.stroke();
      drawMark(context, store, mark.row, mark.x, mark.y, view);
      hits.push({ ...mark, r: view.r, rows: [mark.row], pole: store.poleOf[mark.row] });
    }
  }
  function drawSpots(context, frame, store, rows, look) {
    const view = { ...look, zoom: frame.zoom, r: radius(frame.zoom) };
    const spots = spotsOf(store, rows, frame);
    const hits = [];
    if (frame.zoom >= CONES_FROM && rows.length <= CONES_AT_MOST) {
      for (const spot of spots)
        drawSpotCones(context, store, spot, view);
    }
    const opened = [];
    for (const spot of spots) {
      const pole = store.poleOf[spot.rows[0]];
      hits.push({ ...spot, r: view.r, pole: spot.rows.length > 1 ? pole : -1 });
      if (spot.rows.length === 1)
        drawMark(context, store, spot.rows[0], spot.x, spot.y, view);
      else if (pole === look.open || spot.rows.includes(look.chosen))
        opened.push(spot);
      else
        drawPole(context, spot, view.colours, view.r);
    }
    for (const spot of opened) {
      drawPole(context, spot, view.colours, 3.5);
      drawFan(context, store, spot, view, hits);
    }
    return hits;
  }

  // site/js/layer.js
  var REACH = 12;
  var REACH_TOUCH = 22;
  var WORLD3 = 1 << 25;
  var DOTS_AT_MOST = 2000;
  var PILED = 6;
  var IN_OVERVIEW = new Set(["kind", "vendor"]);
  function cameraLayer(coloursNow, scale) {
    const listeners = [];
    const state = { store: null, overview: null, chosen: -1, open: -1 };
    let hits = [];
    let discs = [];
    let frameNow = null;
    scale.add((zoom) => {
      const rows = state.store || state.overview;
      return zoom < 14 ? fullestOf(rows, Math.max(hexShift(zoom), finest())) : 0;
    });
    function finest() {
      return state.store ? 0 : 25 - have("overview").q;
    }
    function discsIn(lattice, frame) {
      const found = discsOf(lattice, scale.unitAt(frame.zoom), frame.zoom);
      return layer.placed(found, lattice, frame);
    }
    function drawOverview(context, frame, whole, colours) {
      const lattice = latticeOf(whole, Math.max(hexShift(frame.zoom), finest()));
      const overview = state.overview;
      const { west, north, width, height } = lattice.area;
      const isKnown = filter.areOnly(IN_OVERVIEW);
      for (let i = 0;isKnown && i < overview.n; i++) {
        if (!filter.lets("kind", overview.kind[i]))
          continue;
        if (!filter.lets("vendor", overview.vendor[i]))
          continue;
        const dx = overview.x[i] - west & WORLD3 - 1;
        const dy = overview.y[i] - north;
        if (dx >= width || dy < 0 || dy >= height)
          continue;
        drop2(lattice, dx, dy, overview.vendor[i], overview.count[i]);
      }
      discs = discsIn(lattice, frame);
      drawDiscs(context, discs, colours);
    }
    function areApart(found, count) {
      if (found.passing > DOTS_AT_MOST || !found.areAll)
        return false;
      return found.rows.length <= count * PILED;
    }
    function draw(context, frame) {
      frameNow = frame;
      hits = [];
      discs = [];
      const colours = coloursNow();
      const area = areaOf(frame.view, frame.zoom);
      const whole = areaOf(frame.drawn, frame.zoom);
      if (!state.store) {
        drawOverview(context, frame, whole, colours);
        return;
      }
      const shift = hexShift(frame.zoom);
      const lattice = shift ? latticeOf(whole, shift) : null;
      const refused = filter.refusals(state.store.groups);
      const found = countInView(state.store, refused, area, whole, lattice);
      const made = lattice ? discsIn(lattice, frame) : [];
      if (lattice && !areApart(found, made.length)) {
        discs = made;
        drawDiscs(context, discs, colours);
      } else {
        const { rows } = found;
        if (state.chosen >= 0 && !rows.includes(state.chosen))
          rows.push(state.chosen);
        hits = drawSpots(context, frame, state.store, rows, { ...state, colours });
      }
      const tally = tallyGroups(state.store, refused, found.inView);
      for (const listener of listeners)
        listener({ tally, area, frame });
    }
    const layer = new MapCanvas("wc-cameras", 410, draw);
    layer.rowsIn = function rowsIn(area, atMost) {
      const { store } = state;
      if (!store)
        return [];
      const refused = filter.refusals(store.groups);
      const mask = (1 << 25) - 1;
      const rows = [];
      for (let i = 0;i < store.n && rows.length < atMost; i++) {
        if ((store.x[i] - area.west & mask) >= area.width)
          continue;
        const dy = store.y[i] - area.north;
        if (dy < 0 || dy >= area.height || refused[store.groups.of[i]])
          continue;
        rows.push(i);
      }
      return rows;
    };
    layer.obstacles = () => [...numbered(discs), ...hits.filter(({ r }) => r > 3)];
    layer.hasDiscs = () => discs.length > 0;
    layer.onView = (listener) => listeners.push(listener);
    layer.showOverview = (overview) => {
      state.overview = overview;
    };
    layer.showStore = (store) => {
      state.store = store;
      state.overview = null;
      scale.forget();
      layer.redraw();
    };
    layer.choose = (row) => {
      state.chosen = row;
      layer.redrawSoon();
    };
    layer.at = function at(latlng, touch) {
      if (!frameNow)
        return null;
      const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
      const reach = touch ? REACH_TOUCH : REACH;
      let best = null;
      let least = reach;
      for (const hit of hits) {
        const distance = Math.hypot(hit.x - point.x, hit.y - point.y);
        if (distance <= least) {
          least = distance;
          best = hit;
        }
      }
      if (best)
        return { rows: best.rows, spot: best, pole: best.pole };
      let disc = null;
      let nearest = 1;
      for (const candidate of discs) {
        const distance = Math.hypot(candidate.x - point.x, candidate.y - point.y);
        const share = distance / Math.max(touch ? 16 : 8, candidate.r);
        if (share <= nearest) {
          nearest = share;
          disc = candidate;
        }
      }
      return disc ? { disc, spot: disc } : null;
    };
    layer.open = function open(pole) {
      if (state.open === pole)
        return;
      state.open = pole;
      layer.redrawSoon();
    };
    layer.inContainer = function inContainer(spot) {
      const { view, drawn } = frameNow;
      const offset = view.min.subtract(drawn.min);
      return { x: spot.x - offset.x, y: spot.y - offset.y };
    };
    return layer;
  }

  // site/js/sheet.js
  var RESTS = ["peek", "half", "full"];
  var narrow = globalThis.matchMedia("(max-width: 760px)");
  var narrowScreen = narrow;
  function makeSheet(panel, grip, start) {
    let dragged = 0;
    function rest(name) {
      panel.dataset.rest = name;
      grip.setAttribute("aria-expanded", String(name !== "peek"));
    }
    function step(by) {
      const at = RESTS.indexOf(panel.dataset.rest) + by;
      rest(RESTS[Math.max(0, Math.min(RESTS.length - 1, at))]);
    }
    grip.addEventListener("click", () => {
      if (Math.abs(dragged) > 8)
        return;
      rest(panel.dataset.rest === "peek" ? "half" : panel.dataset.rest === "half" ? "full" : "peek");
    });
    let from = null;
    grip.addEventListener("pointerdown", (event) => {
      from = event.clientY;
      dragged = 0;
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (from === null)
        return;
      dragged = event.clientY - from;
      panel.style.setProperty("--drag", Math.round(dragged) + "px");
    });
    for (const end of ["pointerup", "pointercancel"]) {
      grip.addEventListener(end, () => {
        if (from === null)
          return;
        from = null;
        panel.style.removeProperty("--drag");
        if (Math.abs(dragged) > 40)
          step((dragged < 0 ? 1 : -1) * (Math.abs(dragged) > 320 ? 2 : 1));
      });
    }
    rest(start);
    return { rest };
  }
  var isNarrow = () => narrow.matches;

  // site/js/key.js
  var MAKERS_SHOWN = 5;
  var LARGE = 17;
  function swatch(share) {
    const look = share === 0 ? { fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 1.4 } : { fill: share === CLASSES - 1 ? "var(--maker-rest)" : "var(--maker-" + share + ")" };
    return svgEl("svg", { class: "mark", viewBox: "0 0 14 14", "aria-hidden": "true" }, svgEl("circle", { cx: 7, cy: 7, r: 5.4, ...look }));
  }
  function whoSwitch() {
    const button = (who, key) => el("button", { type: "button", onclick: () => looks.set(who) }, t(key));
    const who = button(true, "key.who");
    const many = button(false, "key.many");
    const press = () => {
      who.setAttribute("aria-pressed", String(looks.who));
      many.setAttribute("aria-pressed", String(!looks.who));
    };
    looks.onChange(press);
    press();
    return el("div", { class: "key-switch", role: "group", "aria-label": t("key.switch") }, who, many);
  }
  function threeSizes(unit) {
    const most = (LARGE / unit) ** 2;
    const power = 10 ** Math.floor(Math.log10(most));
    const top = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
    return [top / 25, top / 5, top].map(Math.round).filter((n, i, all) => n >= 1 && all.indexOf(n) === i);
  }
  function sizes(unit) {
    let x = 2;
    const marks = threeSizes(unit).flatMap((n) => {
      const r = Math.max(1.8, unit * Math.sqrt(n));
      const middle = x + r;
      x = middle + r + 4;
      const shape = svgEl("circle", { cx: middle, cy: 20, r, fill: "none", stroke: "var(--camera)", "stroke-width": 1.3 });
      const label = svgEl("text", { x, y: 24, "font-size": 11, fill: "var(--ink-2)" }, shortNumber(n));
      x += 12 + 6 * shortNumber(n).length;
      return [shape, label];
    });
    return svgEl("svg", { class: "key-sizes", viewBox: "0 0 " + Math.max(x, 60) + " 40", width: x, height: 40, "aria-hidden": "true" }, marks);
  }
  function keyPanel(makers, scale) {
    const box = byId("key");
    const list = el("ul", { class: "key-makers" });
    const size = el("div", { class: "key-size" });
    let shown = "";
    fillNode(box, whoSwitch(), list, size);
    function settle() {
      if (narrowScreen.matches)
        byId("legend-body").prepend(box);
      else
        byId("corner").prepend(box);
    }
    narrowScreen.addEventListener("change", settle);
    settle();
    function makerRows(tally, world) {
      const shares = new Array(CLASSES).fill(0);
      tally.vendor.forEach((n, vendor) => {
        if (filter.lets("vendor", vendor))
          shares[classOf(vendor)] += n || 0;
      });
      if (world)
        world.shares.forEach((n, share) => shares[share] += n);
      const order = shares.map((n, share) => ({ n, share })).filter(({ n }) => n > 0);
      const known = order.filter(({ share }) => share > 0 && share < CLASSES - 1);
      known.sort((a, b) => b.n - a.n);
      const rest = order.some(({ share }) => share === CLASSES - 1) || known.length > MAKERS_SHOWN;
      const rows = known.slice(0, MAKERS_SHOWN).map(({ share }) => [share, makers[share].name]);
      if (rest)
        rows.push([CLASSES - 1, t("key.rest")]);
      if (shares[0])
        rows.push([0, t("key.unknown")]);
      return rows;
    }
    return function show({ tally, world, zoom, hasDiscs }) {
      const rows = looks.who ? makerRows(tally, world) : [];
      const unit = hasDiscs ? scale.unitAt(zoom) : 0;
      const state = JSON.stringify([rows, unit]);
      if (state === shown)
        return;
      shown = state;
      fillNode(list, rows.map(([share, name]) => el("li", null, swatch(share), dataText(name))));
      fillNode(size, unit ? [sizes(unit), el("span", null, t("key.sizes"))] : []);
    };
  }

  // site/js/languages.js
  function startLanguage() {
    setLanguage(document.documentElement.lang);
    const fold = byId("languages");
    fold.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link)
        link.hash = globalThis.location.hash;
    });
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !fold.open)
        return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
    fold.addEventListener("focusout", (event) => {
      if (!fold.contains(event.relatedTarget))
        fold.open = false;
    });
  }

  // site/js/legend.js
  function row(picture, text) {
    return el("li", null, picture, el("span", null, text));
  }
  function cone(kind) {
    const look = { stroke: "var(--camera)", fill: "none", "stroke-width": 1.3 };
    const shape = kind === "known" ? svgEl("path", { d: "M3 9L16 3A15 15 0 0 1 16 15Z", ...look, fill: "var(--camera)", "fill-opacity": 0.16 }) : svgEl("path", { d: "M16 2L3 9L16 16M3 9H11", ...look, "stroke-dasharray": "2.5 2" });
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
  }
  function pole() {
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, svgEl("circle", { cx: 9, cy: 9, r: 6.5, fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 2 }), svgEl("text", { x: 9, y: 12.4, "text-anchor": "middle", "font-size": 10, "font-weight": 700, fill: "var(--camera)" }, "3"));
  }
  function disc(strength) {
    const band = { fill: "none", stroke: "var(--maker-1)", "stroke-width": 3 };
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true", opacity: strength }, svgEl("circle", { cx: 9, cy: 9, r: 8, fill: "var(--camera-fill)", stroke: "var(--camera)", "stroke-width": 1.2 }), svgEl("path", { d: "M9 2.2A6.8 6.8 0 0 1 15.8 9", ...band }));
  }
  function hatched() {
    const lines = { stroke: "var(--rule-strong)", "stroke-width": 1 };
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, svgEl("path", { d: "M0 12L12 0M0 18L18 0M6 18L18 6", ...lines }));
  }
  function fillLegend(meta, into) {
    const kinds = meta.kinds.filter((kind) => kind.rows > 0);
    const rows = [row(disc(1), t("legend.bin")), row(disc(1), t("legend.who"))];
    if (meta.world) {
      rows.push(row(disc(0.6), t("legend.world")), row(hatched(), t("legend.hatch")));
    }
    for (const kind of kinds) {
      rows.push(row(marks.picture(meta.kinds.indexOf(kind), 0), t("legend.kind." + kind.id)));
    }
    if (meta.vendors.length > 1) {
      rows.push(row(marks.picture(0, 1), t("legend.maker")));
    }
    if (meta.with_direction > 0) {
      rows.push(row(cone("known"), t("legend.cone")), row(cone("assumed"), t("legend.fan")));
    }
    rows.push(row(pole(), t("legend.pole")));
    if (meta.n > meta.standing)
      rows.push(row(marks.picture(0, 0, false), t("legend.not_standing")));
    if (meta.deployments > 0)
      rows.push(row(ringPicture(), t("legend.deployment")));
    fillNode(into, el("ul", null, rows), meta.with_direction > 0 ? el("p", null, t("legend.length")) : el("p", null, t("legend.no_direction")));
  }

  // site/js/details.js
  var kept = new Map;
  var KEEP = 24;
  var LISTS = ["directions_deg", "flags"];
  function shardOf(meta, row) {
    const { starts } = meta.details;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (starts[middle] <= row)
        low = middle;
      else
        high = middle - 1;
    }
    return low;
  }
  function valueAt(columns, name, i) {
    const column = columns[name];
    if (Array.isArray(column))
      return column[i];
    if ("all" in column)
      return column.all;
    if ("values" in column)
      return column.values[column.index[i]];
    const inner = valueAt(columns, column.column, i);
    return inner === null ? null : column.prefix + inner;
  }
  async function shard(number) {
    if (!kept.has(number)) {
      const name = "details/" + String(number).padStart(3, "0");
      const payload = await want(name);
      drop(name);
      if (kept.size >= KEEP)
        kept.delete(kept.keys().next().value);
      kept.set(number, payload);
    }
    return kept.get(number);
  }
  var details = {
    async of(meta, row) {
      const { first, columns } = await shard(shardOf(meta, row));
      const record = {};
      for (const name of Object.keys(columns))
        record[name] = valueAt(columns, name, row - first);
      for (const name of LISTS)
        record[name] = record[name] || [];
      return record;
    }
  };

  // site/js/list.js
  var PAGE = 100;
  var DETAILS_UP_TO = 5000;
  function nameOf2(meta, store, row) {
    return wordFor("kind", meta.kinds[store.kind[row]].id);
  }
  function makerOf(meta, store, row) {
    const vendor = meta.vendors[store.vendor[row]];
    return vendor.id === null ? t("list.no_maker") : vendor.name;
  }
  function cameraRow(meta, store, row, chosen) {
    const year = store.year[row];
    const visibility = store.visibility[row];
    const stands = STANDING.includes(store.lifecycle[row]);
    const seen = visibility ? wordFor("visibility", meta.visibilities[visibility].id) : null;
    const life = stands ? null : wordFor("lifecycle", meta.lifecycles[store.lifecycle[row]].id);
    const about = [life, seen].filter(Boolean).join(", ") || null;
    const more = el("small", { class: "more-of-it" }, about);
    const item = el("li", null, el("button", {
      type: "button",
      "data-key": row,
      "aria-current": row === chosen ? "true" : null,
      onclick: () => selectCamera(row, true)
    }, marks.picture(store.kind[row], store.vendor[row], stands), el("span", { class: "name" }, nameOf2(meta, store, row) + ", ", dataText(makerOf(meta, store, row)), more), el("small", { class: "tabular" }, year ? String(year + meta.year_base) : t("list.no_year"))));
    return { row, item, more, about };
  }
  async function addDetails(meta, made, isCurrent) {
    for (const { row, more, about } of made) {
      let record;
      try {
        record = await details.of(meta, row);
      } catch {
        return;
      }
      if (!isCurrent())
        return;
      const degrees = record.directions_deg.map((one) => formatNumber(one));
      const parts = [
        record.operator_name ? dataText(record.operator_name) : null,
        record.camera_type ? wordFor("camera_type", record.camera_type) : null,
        about,
        degrees.length ? t("list.faces", { degrees: degrees.join("°, ") }) : null
      ].filter(Boolean);
      const line = parts.flatMap((part, i) => i ? [", ", part] : [part]);
      fillNode(more, line, el("span", { class: "id" }, dataText(record.source_ref)));
    }
  }
  function deploymentRow(deployment) {
    const count = deployment.headline && deployment.headline.line;
    return el("li", null, el("button", {
      type: "button",
      "data-key": deployment.id,
      onclick: () => selectDeployment(deployment, true)
    }, ringPicture(), el("span", { class: "name" }, dataText(deployment.name), [el("br"), el("small", null, dataText(deployment.where))], count ? [el("br"), el("small", null, count)] : null)));
  }
  function deploymentPart({ inView, elsewhere, all }) {
    const shown = inView.length ? inView : elsewhere;
    return [
      el("h2", { class: "list-head" }, inView.length ? t("list.deployments", { n: inView.length }) : t("list.deployments_far")),
      el("p", { class: "list-note" }, t("deployment.apart")),
      el("ul", { class: "rows" }, shown.slice(0, PAGE).map(deploymentRow)),
      el("p", { class: "list-note" }, el("a", { href: plainPage("deployments/index.html") }, t("list.deployments_all", { n: all })))
    ];
  }
  function listPanel(meta, into, layer) {
    let shown = PAGE;
    let last = null;
    let turn = 0;
    function refill(parts) {
      const focused = focusIn(into);
      fillNode(into, parts);
      if (!focused || focused.isConnected)
        return;
      const again = into.querySelector('[data-key="' + CSS.escape(focused.dataset.key || "") + '"]');
      (again || byId("tab-list")).focus({ preventScroll: true });
    }
    function draw(view) {
      const mine = ++turn;
      const { tally, area, store, chosen, deployments } = view;
      const rows = layer.rowsIn(area, shown);
      const made = rows.map((row) => cameraRow(meta, store, row, chosen));
      const parts = [
        el("h2", { class: "list-head", id: "list-title", tabindex: -1 }, t("list.cameras", { n: tally.total })),
        el("ul", { class: "rows" }, made.map(({ item }) => item))
      ];
      if (tally.total > rows.length) {
        parts.push(el("p", { class: "list-note" }, t("list.first", { n: rows.length, total: tally.total })), el("button", {
          type: "button",
          class: "more",
          onclick() {
            shown += PAGE;
            draw(view);
          }
        }, t("list.more")));
      }
      if (tally.total === 0)
        parts.push(el("p", { class: "list-note" }, t("list.empty")));
      if (deployments.all > 0)
        parts.push(deploymentPart(deployments));
      refill(parts);
      if (tally.total <= DETAILS_UP_TO)
        addDetails(meta, made, () => mine === turn);
    }
    return {
      show(view) {
        if (!last || last.area.west !== view.area.west || last.area.north !== view.area.north)
          shown = PAGE;
        last = view;
        draw(view);
      }
    };
  }

  // site/js/map_controls.js
  var SCALE = 128;
  function mapTools(map) {
    const inward = byId("zoom-in");
    const outward = byId("zoom-out");
    const scale = byId("scale");
    inward.addEventListener("click", () => map.zoomIn());
    outward.addEventListener("click", () => map.zoomOut());
    function show() {
      inward.disabled = map.getZoom() >= map.getMaxZoom();
      outward.disabled = map.getZoom() <= map.getMinZoom();
      const size = map.getSize();
      const middle = size.y / 2;
      const metres = map.distance(map.containerPointToLatLng([size.x / 2 - SCALE / 2, middle]), map.containerPointToLatLng([size.x / 2 + SCALE / 2, middle]));
      const power = 10 ** Math.floor(Math.log10(metres));
      const round = [5, 2, 1].find((step) => step * power <= metres) * power;
      scale.style.width = SCALE * round / metres + "px";
      scale.textContent = round >= 1000 ? t("scale.km", { n: round / 1000 }) : t("scale.m", { n: round });
    }
    map.on("moveend", show);
    show();
  }
  function fillCredit(meta, into) {
    const parts = [];
    for (const source of meta.credits) {
      const text = source.url ? linkOut(source.url, source.attribution) : dataText(source.attribution);
      parts.push(text, ", ", dataText(source.license_id), "; ");
    }
    if (meta.world) {
      const date = formatDate(meta.world.data_on);
      parts.push(t("credit.world", { date }) + " ", dataText(meta.world.attribution), ", ");
      parts.push(dataText(meta.world.license_id), "; ");
    }
    fillNode(into, parts, t("credit.data", { date: formatDate(meta.data_on) }), meta.evidence_on ? ", " + t("credit.evidence", { date: formatDate(meta.evidence_on) }) : "", "; ", el("a", { href: plainPage("data.html") }, t("credit.release"), " ", dataText(meta.release_id, "tabular")), ". ", t("credit.ground"));
  }
  function showLocalLists(meta) {
    const strip = byId("local");
    if (!meta.local.length)
      return;
    fillNode(strip, t("local"), " ", dataText(meta.local.join(", ")));
    strip.hidden = false;
  }
  function countSummary(meta) {
    const count = byId("count");
    const what = byId("count-what");
    const bar = byId("known-bar");
    const known = byId("known");
    const unknown = byId("unknown");
    const live = byId("live");
    let speak = 0;
    const alone = meta.sites[0] ? "sum.all_sites" : "sum.all";
    const all = meta.local.length ? "sum.all_with_local" : alone;
    const nothing = meta.local.length ? "sum.nothing_with_local" : "sum.nothing";
    const held = { release: meta.released, local: meta.standing - meta.released };
    return (tally) => {
      const named = tally.total - tally.unknownMaker;
      count.textContent = formatNumber(tally.total);
      if (tally.before === 0)
        what.textContent = t(nothing, held);
      else if (filter.count) {
        what.textContent = t("sum.filtered", { n: tally.total, before: tally.before });
      } else
        what.textContent = t(all, { n: tally.total, ...held });
      bar.style.width = tally.total ? 100 * named / tally.total + "%" : "0";
      known.textContent = t("sum.known", { n: named });
      unknown.textContent = t("sum.unknown", { n: tally.unknownMaker });
      clearTimeout(speak);
      speak = setTimeout(() => {
        live.textContent = t("live.count", { n: tally.total });
      }, 600);
    };
  }
  function pointerTip(map) {
    const box = el("div", { class: "tip", "aria-hidden": "true", hidden: true });
    map.getContainer().append(box);
    return {
      hide() {
        box.hidden = true;
      },
      show(at, text) {
        fillNode(box, text);
        box.hidden = false;
        const size = map.getSize();
        const left = Math.min(size.x - box.offsetWidth - 4, at.x + 12);
        box.style.left = Math.max(4, left) + "px";
        box.style.top = Math.max(4, at.y - box.offsetHeight - 10) + "px";
      }
    };
  }

  // site/js/names.js
  var COUNTRIES_UNTIL = 7;
  var CITIES_FROM = 4;
  var PLACES_FROM = 9;
  var STREETS_FROM = 15;
  var GRID = 16;
  var MARGIN3 = 3;
  var LEAST_THOUSANDS = { 4: 4000, 5: 1500, 6: 700, 7: 400, 8: 300, 9: 60, 10: 25, 11: 8 };
  var SIDES = [
    [1, 0],
    [-1, 0],
    [1, -12],
    [1, 12],
    [-1, -12],
    [-1, 12],
    [0, -20],
    [0, 20]
  ];
  var ON_MAP = ["key", "legend", "drawer", "map-tools", "notice"];
  var STEPS2 = [0, -12, 12, -22, 22, -30, 30];
  function takenRoom() {
    const squares = new Map;
    const SIDE = 64;
    const keys = (box) => {
      const out = [];
      for (let x = Math.floor(box.left / SIDE);x <= Math.floor(box.right / SIDE); x++) {
        for (let y = Math.floor(box.top / SIDE);y <= Math.floor(box.bottom / SIDE); y++) {
          out.push(x + ":" + y);
        }
      }
      return out;
    };
    const hits = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return {
      isFree: (box) => keys(box).every((key) => !(squares.get(key) || []).some((other) => hits(box, other))),
      take(box) {
        for (const key of keys(box)) {
          if (!squares.has(key))
            squares.set(key, []);
          squares.get(key)?.push(box);
        }
      }
    };
  }
  function boxAround({ x, y, r }) {
    return { left: x - r, right: x + r, top: y - r, bottom: y + r };
  }
  function write(context, text, x, y, ink, halo) {
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = halo;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
  }
  function nameLayer(coloursNow, parts) {
    let labels = null;
    let smaller = null;
    let isAsked = false;
    function copies(x, frame) {
      const world = 256 * 2 ** frame.zoom;
      const width = frame.drawn.max.x - frame.drawn.min.x;
      const out = [];
      const first = ((x - frame.drawn.min.x) % world + world) % world;
      for (let at = first;at < width; at += world)
        out.push(at);
      return out;
    }
    function isInside(box, inside) {
      return box.left > inside.left && box.right < inside.right && box.top > inside.top && box.bottom < inside.bottom;
    }
    function writeRings(context, colours, room, inside) {
      context.font = "600 12px " + marks.font;
      context.textAlign = "left";
      const said = new Set;
      for (const { x, y, r, text, deployments } of parts.rings.toLabel()) {
        const width = context.measureText(text).width;
        const boxes = SIDES.map(([across, down]) => {
          const left = across > 0 ? x + r + 4 : across < 0 ? x - r - 4 - width : x - width / 2;
          return { left, right: left + width, top: y + down - 8, bottom: y + down + 8 };
        });
        const box = boxes.find((one) => isInside(one, inside) && room.isFree(one));
        if (!box)
          continue;
        room.take(box);
        said.add(deployments[0].place);
        write(context, text, box.left, (box.top + box.bottom) / 2, colours.deployment, colours.paper);
      }
      return said;
    }
    function place(context, text, x, y, room, inside) {
      const half = context.measureText(text).width / 2 + MARGIN3;
      for (const step of STEPS2) {
        const box = { left: x - half, right: x + half, top: y + step - 8, bottom: y + step + 8 };
        if (!isInside(box, inside) || !room.isFree(box))
          continue;
        room.take(box);
        return y + step;
      }
      return null;
    }
    function writeCountries(context, frame, colours, room, inside) {
      if (frame.zoom > COUNTRIES_UNTIL)
        return;
      const px = 2 ** (frame.zoom + 8 - GRID);
      if (!labels)
        return;
      const { code, x, y, radius } = labels.countries;
      context.font = "600 " + (frame.zoom < 4 ? 11 : 12.5) + "px " + marks.font;
      context.textAlign = "center";
      for (let i = 0;i < code.length; i++) {
        const text = countryName(code[i]);
        if (context.measureText(text).width > radius[i] * px * 3.4)
          continue;
        const top = (y[i] + 0.5) * px - frame.drawn.min.y;
        for (const left of copies((x[i] + 0.5) * px, frame)) {
          const line = place(context, text, left, top, room, inside);
          if (line !== null)
            write(context, text, left, line, colours["country-name"], colours.land);
        }
      }
    }
    function writeCities(context, frame, colours, { room, inside, cities, said }) {
      const px = 2 ** (frame.zoom + 8 - GRID);
      const least = LEAST_THOUSANDS[frame.zoom] || 0;
      context.font = "500 11.5px " + marks.font;
      context.textAlign = "center";
      for (let i = 0;i < cities.name.length; i++) {
        if (cities.thousands[i] < least)
          break;
        if (said.has(cities.name[i]))
          continue;
        const top = (cities.y[i] + 0.5) * px - frame.drawn.min.y;
        if (top < 0 || top > frame.drawn.max.y - frame.drawn.min.y)
          continue;
        for (const left of copies((cities.x[i] + 0.5) * px, frame)) {
          const line = place(context, cities.name[i], left, top, room, inside);
          if (line !== null)
            write(context, cities.name[i], left, line, colours["city-name"], colours.land);
        }
      }
    }
    async function loadSmaller() {
      isAsked = true;
      try {
        smaller = gridded(await want("places"));
        layer.redrawSoon();
      } catch {
        isAsked = false;
      }
    }
    function covered(inside) {
      const from = layer._map.getContainer().getBoundingClientRect();
      return ON_MAP.map((id) => byId(id)).filter((node) => node && node.offsetWidth > 0).map((node) => node.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({
        left: left - from.left + inside.left,
        right: right - from.left + inside.left,
        top: top - from.top + inside.top,
        bottom: bottom - from.top + inside.top
      }));
    }
    const layer = new MapCanvas("wc-names", 430, (context, frame) => {
      const colours = coloursNow();
      const { view, drawn, zoom } = frame;
      const inside = {
        left: view.min.x - drawn.min.x,
        right: view.max.x - drawn.min.x,
        top: view.min.y - drawn.min.y,
        bottom: view.max.y - drawn.min.y
      };
      const room = takenRoom();
      for (const part of [parts.cameras, parts.world, parts.rings]) {
        for (const spot of part.obstacles())
          room.take(boxAround(spot));
      }
      for (const box of [...covered(inside), ...parts.ground.written()])
        room.take(box);
      context.textBaseline = "middle";
      const said = writeRings(context, colours, room, inside);
      if (!labels)
        return;
      writeCountries(context, frame, colours, room, inside);
      if (zoom < CITIES_FROM || zoom >= STREETS_FROM)
        return;
      if (zoom >= PLACES_FROM && !smaller && !isAsked)
        loadSmaller();
      const cities = zoom >= PLACES_FROM && smaller ? smaller : labels.cities;
      writeCities(context, frame, colours, { room, inside, cities, said });
    });
    layer.load = async function load() {
      labels = await want("labels");
      document.documentElement.dataset.names = "true";
      if (layer._map)
        layer.redrawSoon();
    };
    layer.isThere = () => have("labels") !== undefined;
    return layer;
  }
  function gridded(file) {
    const side = 2 ** (GRID - 8);
    const x = [];
    const y = [];
    for (let i = 0;i < file.name.length; i++) {
      const at = L.CRS.EPSG3857.latLngToPoint(L.latLng(file.lat[i] / file.parts, file.lon[i] / file.parts), 0);
      x.push(at.x * side);
      y.push(at.y * side);
    }
    return { name: file.name, x, y, thousands: file.thousands };
  }

  // site/js/near_me.js
  var ZOOM = 14;
  var PATIENCE_MS = 15000;
  function nearMe(map) {
    const button = byId("near");
    if (!("geolocation" in navigator))
      return;
    button.hidden = false;
    function go({ coords }) {
      button.disabled = false;
      const lat = Math.round(coords.latitude * 100) / 100;
      const lng = Math.round(coords.longitude * 100) / 100;
      map.setView([lat, lng], ZOOM, { animate: false });
      selectPlace({ name: t("near.here"), country: "", lat, lng, thousands: 0, isCountry: false });
    }
    button.addEventListener("click", () => {
      button.disabled = true;
      navigator.geolocation.getCurrentPosition(go, () => {
        button.disabled = false;
        notice.warn(t("near.failed"));
      }, { timeout: PATIENCE_MS, maximumAge: 60000 });
    });
  }

  // site/js/pointer.js
  var NAMED = 3;
  function discWords(disc, makers) {
    const shares = [...disc.shares].map((n, share) => ({ n, share })).filter(({ n }) => n > 0);
    const known = shares.filter(({ share }) => share > 0).sort((a, b) => b.n - a.n);
    const rest = known.slice(NAMED).reduce((sum, { n }) => sum + n, 0);
    const nameOf = ({ share }) => share === CLASSES - 1 ? t("key.rest") : makers[share].name;
    const parts = known.slice(0, NAMED).map((one) => [formatNumber(one.n) + " ", dataText(nameOf(one))]);
    if (rest)
      parts.push([formatNumber(rest) + " " + t("key.rest")]);
    if (disc.shares[0])
      parts.push([formatNumber(disc.shares[0]) + " " + t("key.unknown")]);
    return [t("tip.bin", { n: disc.n }), ": ", ...parts.flatMap((part, i) => i ? [", ", ...part] : part)];
  }
  function followPointer({ map, layer, rings, world, tip, meta, makers, getStore }) {
    const words = (found) => {
      const store = getStore();
      if (found.disc)
        return discWords(found.disc, makers);
      if (found.rows.length > 1)
        return t("tip.pole", { n: found.rows.length });
      const row = found.rows[0];
      const vendor = meta.vendors[store.vendor[row]];
      const maker = vendor.id === null ? t("list.no_maker") : vendor.name;
      return [wordFor("kind", meta.kinds[store.kind[row]].id), ", ", dataText(maker)];
    };
    map.on("mousemove", (event) => {
      if (event.originalEvent.pointerType === "touch" || matchMedia("(hover: none)").matches)
        return;
      const ring = rings.at(event.latlng, false);
      const found = layer.at(event.latlng, false);
      const counted = ring.length || found ? null : world.at(event.latlng);
      map.getContainer().classList.toggle("pointing", Boolean(ring.length || found || counted));
      if (ring.length && !found)
        tip.show(event.containerPoint, dataText(rings.label(ring)));
      else if (found)
        tip.show(event.containerPoint, words(found));
      else if (counted && meta.world) {
        const date = formatDate(meta.world.data_on);
        tip.show(event.containerPoint, [discWords(counted, makers), " ", t("tip.world", { date })]);
      } else
        tip.hide();
      layer.open(found && found.pole !== undefined ? found.pole : -1);
    });
    map.on("mouseout movestart", () => tip.hide());
    map.on("click", (event) => {
      tip.hide();
      const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
      const found = layer.at(event.latlng, touch);
      const ring = rings.at(event.latlng, touch);
      const isCovered = found && found.disc && found.disc.r > 9;
      if (found && found.rows)
        selectCamera(found.rows[0], false);
      else if (ring.length && !isCovered)
        selectDeployment(ring[0], false);
      else if (found || world.at(event.latlng))
        map.setView(event.latlng, Math.min(map.getMaxZoom(), map.getZoom() + 2));
      else
        selectNothing();
    });
  }

  // site/js/theme.js
  var KEY = "wc-theme";
  var dark = globalThis.matchMedia("(prefers-color-scheme: dark)");
  var listeners3 = [];
  function kept2() {
    try {
      const value = globalThis.localStorage.getItem(KEY);
      return value === "dark" || value === "light" ? value : null;
    } catch {
      return null;
    }
  }
  function keep(value) {
    try {
      globalThis.localStorage.setItem(KEY, value);
    } catch {}
  }
  function now() {
    return document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  }
  function show2() {
    const button = byId("theme");
    if (button)
      button.setAttribute("aria-pressed", String(now() === "dark"));
    for (const listener of listeners3)
      listener();
  }
  var theme = {
    onChange(listener) {
      listeners3.push(listener);
    },
    now,
    start() {
      const value = kept2();
      if (value)
        document.documentElement.dataset.theme = value;
      dark.addEventListener("change", show2);
      byId("theme").addEventListener("click", () => {
        document.documentElement.dataset.theme = now() === "dark" ? "light" : "dark";
        keep(now());
        show2();
      });
      show2();
    },
    forPaper() {
      const before = document.documentElement.dataset.theme;
      document.documentElement.dataset.theme = "light";
      show2();
      globalThis.addEventListener("afterprint", () => {
        if (before)
          document.documentElement.dataset.theme = before;
        else
          delete document.documentElement.dataset.theme;
        show2();
      }, { once: true });
    },
    colours() {
      const style = getComputedStyle(document.documentElement);
      return new Proxy({}, {
        get(cache, name) {
          if (!(name in cache))
            cache[name] = style.getPropertyValue("--" + name).trim();
          return cache[name];
        }
      });
    }
  };

  // site/js/printing.js
  var PAPER_WIDTH = 688;
  var PAPER_HEIGHT = 560;
  var PAPER_RATIO = 2;
  function preparePrinting(map, sheets, fill) {
    let picture = null;
    function draw() {
      const size = map.getSize();
      const fit = Math.min(PAPER_WIDTH / size.x, PAPER_HEIGHT / size.y);
      const ratio = fit * PAPER_RATIO;
      picture = el("canvas", { class: "on-paper", "aria-hidden": "true" });
      picture.width = Math.round(size.x * ratio);
      picture.height = Math.round(size.y * ratio);
      picture.style.width = picture.width / PAPER_RATIO + "px";
      const context = picture.getContext("2d");
      context.fillStyle = theme.colours().sea;
      context.fillRect(0, 0, picture.width, picture.height);
      for (const sheet of sheets) {
        sheet.redraw(ratio);
        sheet.copyTo(context, ratio);
      }
      map.getContainer().append(picture);
      byId("stage").style.setProperty("--map-fit", String(fit));
    }
    globalThis.addEventListener("beforeprint", () => {
      theme.forPaper();
      if (!picture)
        draw();
      fill();
    });
    globalThis.addEventListener("afterprint", () => {
      if (!picture)
        return;
      picture.remove();
      picture = null;
      for (const sheet of sheets)
        sheet.redraw();
    });
  }

  // site/js/search_match.js
  var AT_MOST = 10;
  var FORGIVING_FROM = 4;
  function closeness(entry, text, words) {
    if (entry.key === text)
      return 0;
    if (entry.key.startsWith(text))
      return 1;
    if ((" " + entry.key).includes(" " + text))
      return 2;
    return words.every((word) => entry.wide.includes(word)) ? 3 : -1;
  }
  function isNearly(word, name) {
    let i = 0;
    while (i < word.length && word[i] === name[i])
      i++;
    if (i === word.length)
      return true;
    const rest = word.slice(i);
    return name.startsWith(rest.slice(1), i + 1) || name.startsWith(rest.slice(1), i) || name.startsWith(rest, i + 1) || rest.length > 1 && name.startsWith(rest[1] + rest[0] + rest.slice(2), i);
  }
  function closest(entries, text) {
    const words = text.split(/\s+/).filter(Boolean);
    if (words.length === 0)
      return [];
    const found = [];
    entries.forEach((entry, order) => {
      const grade = closeness(entry, text, words);
      if (grade >= 0)
        found.push({ entry, grade: grade * 2 + (entry.rank || 0), order });
    });
    if (found.length === 0 && text.length >= FORGIVING_FROM) {
      entries.forEach((entry, order) => {
        if (isNearly(text, entry.key)) {
          const apart = Math.abs(entry.key.length - text.length);
          found.push({ entry, grade: apart + (entry.rank || 0), order });
        }
      });
    }
    found.sort((a, b) => a.grade - b.grade || a.order - b.order);
    return found.slice(0, AT_MOST).map(({ entry }) => entry);
  }

  // site/js/search.js
  var COORDINATES = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
  var OSM_OBJECT = /^(?:osm:)?(node|way|relation)[/ ](\d+)$/i;
  var OWN_NUMBER = /^\d{5,}$/;
  var CAMERA_ID = /^[a-z][a-z0-9_-]*:\S+$/i;
  function idsIn(text) {
    const object = OSM_OBJECT.exec(text);
    if (object)
      return ["osm:" + object[1].toLowerCase() + "/" + object[2]];
    if (OWN_NUMBER.test(text))
      return ["osm:node/" + text, "osm:way/" + text];
    return CAMERA_ID.test(text) ? [text] : [];
  }
  function matches(index, text, map) {
    const coordinates = COORDINATES.exec(text);
    if (coordinates) {
      const [lat, lng] = coordinates.slice(1).map(Number);
      if (Math.abs(lat) <= 85 && Math.abs(lng) <= 180) {
        const go = () => map.setView([lat, lng], 17);
        return [{ name: text.trim(), what: t("search.point"), go }];
      }
    }
    const cameras = idsIn(text.trim()).map((id) => ({
      name: id,
      what: t("search.camera"),
      go: () => selectCameraById(id, true)
    }));
    return [...cameras, ...closest(index.entries(), plain(text))];
  }
  function searchBox(meta, map) {
    const input = byId("search");
    const box = byId("found");
    const index = searchIndex(meta, map);
    let now = [];
    let at = -1;
    function close() {
      box.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function point(next) {
      at = next;
      [...box.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
      if (at >= 0 && now.length)
        input.setAttribute("aria-activedescendant", "found-" + at);
    }
    function take(entry) {
      close();
      input.value = "";
      entry.go();
    }
    function option(entry, i) {
      return el("div", {
        role: "option",
        id: "found-" + i,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => take(entry)
      }, entry.mark ? entry.mark() : null, dataText(entry.name), el("small", null, entry.what));
    }
    function show() {
      if (input.value.trim() === "") {
        close();
        return;
      }
      now = matches(index, input.value, map);
      const nothing = el("div", { role: "option", "aria-disabled": "true", class: "quiet" }, t("search.nothing"));
      fillNode(box, now.length ? now.map(option) : nothing);
      box.hidden = false;
      input.setAttribute("aria-expanded", "true");
      point(now.length ? 0 : -1);
    }
    async function takeWhenLoaded() {
      const isLoaded = document.documentElement.dataset.search;
      const text = input.value;
      if (!isLoaded) {
        await load();
        if (input.value !== text || box.hidden)
          return;
      }
      const entry = now[Math.max(0, at)];
      if (entry)
        take(entry);
    }
    async function load() {
      try {
        await index.load();
      } catch {
        notice.failed(t("search.failed"), load);
        return;
      }
      document.documentElement.dataset.search = "true";
      if (document.activeElement === input)
        show();
    }
    input.addEventListener("focus", load);
    input.addEventListener("input", show);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (!box.hidden)
          event.stopPropagation();
        close();
      } else if (event.key === "Enter" && !box.hidden)
        takeWhenLoaded();
      else if (box.hidden || now.length === 0)
        return;
      else if (event.key === "ArrowDown")
        point((at + 1) % now.length);
      else if (event.key === "ArrowUp")
        point((at + now.length - 1) % now.length);
      else
        return;
      event.preventDefault();
    });
    return { addDeployments: index.addDeployments };
  }

  // site/js/facts.js
  function factList(pairs) {
    const list = el("dl", { class: "facts" });
    for (const [label, ...value] of pairs) {
      const shown = value.flat().filter((part) => part !== null && part !== undefined);
      if (shown.length === 0)
        continue;
      list.append(el("dt", null, label), el("dd", null, shown));
    }
    return list;
  }
  function underLine(...parts) {
    return el("small", null, parts);
  }
  var TAKEN = /^(?:index|con|prn|aux|nul|(?:com|lpt)[1-9])$/;
  function pageLink(folder, id, text) {
    const name = TAKEN.test(id) ? id + "_" : id;
    const address = plainPage(folder + "/" + encodeURIComponent(name) + ".html");
    return el("a", { href: address }, dataText(text));
  }
  function sourceLine(source) {
    const title = source.url ? linkOut(source.url, source.title) : dataText(source.title);
    return el("span", { class: "source" }, dataText(source.publisher), ": ", title, ", ", englishText(source.details), source.archive_url ? [", ", linkOut(source.archive_url, t("source.archived"))] : null);
  }
  var EIGHTHS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
  function headingName(degrees) {
    return t("heading." + EIGHTHS[Math.round(degrees / 45) % 8]);
  }
  function headingWords(degrees) {
    const name = headingName(degrees);
    return t("heading", { name, degrees: Math.round(degrees * 10) / 10 });
  }
  function arrowPicture(degrees) {
    const look = { fill: "none", stroke: "currentColor", "stroke-width": 1.6 };
    const shape = degrees === undefined ? svgEl("circle", { cx: 9, cy: 9, r: 4, ...look }) : svgEl("path", { d: "M9 15V3M5 7L9 3L13 7", ...look, transform: "rotate(" + degrees + " 9 9)" });
    return svgEl("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
  }
  function compassPicture(directions, angle, allRound) {
    const parts = [svgEl("circle", { cx: 36, cy: 36, r: 30, fill: "none", stroke: "var(--rule-strong)" })];
    for (let k = 0;k < 4; k++) {
      const turn = "rotate(" + k * 90 + " 36 36)";
      parts.push(svgEl("path", { d: "M36 6v5", stroke: "var(--rule-strong)", transform: turn }));
    }
    const colour = { fill: "var(--camera)", "fill-opacity": 0.16, stroke: "var(--camera)" };
    if (allRound)
      parts.push(svgEl("circle", { cx: 36, cy: 36, r: 24, ...colour }));
    const half = (angle || 60) / 2 * (Math.PI / 180);
    for (const degrees of allRound ? [] : directions) {
      const middle = (degrees - 90) * Math.PI / 180;
      const at = (turn, r) => 36 + r * Math.cos(turn) + " " + (36 + r * Math.sin(turn));
      const large = half * 2 > Math.PI ? 1 : 0;
      const edge = "L" + at(middle - half, 26) + "A26 26 0 " + large + " 1 " + at(middle + half, 26);
      parts.push(svgEl("path", {
        d: "M36 36" + edge + "Z",
        ...colour,
        fill: angle ? "var(--camera)" : "none",
        "stroke-dasharray": angle ? null : "3 3"
      }), svgEl("path", { d: "M36 36L" + at(middle, 16), stroke: "var(--camera)" }));
    }
    parts.push(svgEl("circle", { cx: 36, cy: 36, r: 3, fill: "var(--camera)" }), svgEl("text", { x: 36, y: 5, "text-anchor": "middle", "font-size": 8, fill: "var(--ink-2)" }, t("heading.letter")));
    return svgEl("svg", { class: "compass", viewBox: "0 -4 72 76", "aria-hidden": "true" }, parts);
  }

  // site/js/osm_edit.js
  var CLOSE = 19;
  var OBJECT = /^(node|way|relation)\/(\d+)$/;
  function editObject(objectRef, latlng) {
    const object = OBJECT.exec(objectRef);
    if (!object)
      return null;
    const [, kind, number] = object;
    const at = latlng.lat.toFixed(5) + "/" + latlng.lng.toFixed(5);
    const inId = "https://www.openstreetmap.org/edit?editor=id&" + kind + "=" + number + "#map=" + CLOSE + "/" + at;
    const inMapComplete = "https://mapcomplete.org/surveillance.html?z=" + CLOSE + "&lat=" + latlng.lat.toFixed(5) + "&lon=" + latlng.lng.toFixed(5) + "#" + kind + "/" + number;
    return el("div", { class: "edit" }, el("p", null, el("b", null, t("edit.question")), " ", t("edit.how")), el("p", null, t("edit.tag"), " ", el("code", { dir: "ltr" }, "manufacturer=" + "…")), el("p", { class: "actions" }, linkOut(inId, t("edit.id")), linkOut(inMapComplete, t("edit.mapcomplete"))));
  }

  // site/js/camera.js
  function headline(record) {
    if (record.device_type !== "camera")
      return wordFor("kind", record.device_type);
    if (record.camera_type)
      return wordFor("camera_type", record.camera_type);
    return wordFor("kind", "camera");
  }
  function place(record) {
    const parts = [];
    if (record.nearest_place) {
      const distance = record.nearest_place_km;
      parts.push(t("camera.near", { km: Math.round(distance * 10) / 10 }) + " ", dataText(record.nearest_place));
    }
    if (record.country_code) {
      const code = record.country_code;
      parts.push(parts.length ? ", " : "", pageLink("places", code.toLowerCase(), countryName(code)));
    }
    return parts.length ? parts : [t("camera.no_place")];
  }
  function unknown() {
    return [el("span", { class: "missing" }, t("value.unknown"))];
  }
  function pageLinks(folder, ids, names) {
    return ids.map((id, i) => el("span", { class: "line" }, pageLink(folder, id, names[i])));
  }
  function severalMakers(record, ids) {
    return [
      pageLinks("vendors", ids, record.vendor_names),
      rungBox("unknown"),
      underLine(t("camera.several")),
      underLine(t("camera.written") + " ", dataText(record.vendor_as_written))
    ];
  }
  function maker(record) {
    if (!record.vendor_name && record.vendor_ids)
      return severalMakers(record, record.vendor_ids);
    if (record.vendor_name) {
      const written = record.vendor_as_written;
      return [
        pageLink("vendors", record.vendor_id, record.vendor_name),
        rungBox(record.vendor_rung),
        underLine(t("rung." + record.vendor_rung)),
        written && written !== record.vendor_name ? underLine(t("camera.written") + " ", dataText(written)) : null
      ];
    }
    if (!record.vendor_as_written)
      return unknown();
    return [
      dataText(record.vendor_as_written),
      rungBox("unknown"),
      underLine(t("camera.unresolved"))
    ];
  }
  function operator(record) {
    if (record.operator_withheld)
      return [t("camera.withheld")];
    if (!record.operator_name)
      return unknown();
    const registered = record.operator_org_name;
    return [
      dataText(record.operator_name),
      registered && registered !== record.operator_name ? underLine(t("camera.registered_as") + " ", dataText(registered)) : null
    ];
  }
  function view(record) {
    const allRound = record.flags.includes("all_round");
    const angle = record.view_angle_deg;
    const rose = compassPicture(record.directions_deg, angle, allRound);
    if (allRound)
      return [rose, t("camera.all_round")];
    if (record.directions_deg.length) {
      return [
        rose,
        record.directions_deg.map(headingWords).join("; "),
        underLine(angle ? t("camera.angle", { n: Math.round(angle) }) : t("camera.angle_unknown"))
      ];
    }
    if (!record.directions_as_written)
      return [];
    return [
      dataText(record.directions_as_written),
      underLine(t("camera.direction_unread"))
    ];
  }
  function lifecycle(record) {
    if (record.lifecycle === "unknown")
      return [];
    const day = record.ended_on;
    const key = record.lifecycle === "ended" ? "camera.ended_on" : "camera.ends_on";
    return [
      wordFor("lifecycle", record.lifecycle),
      day ? underLine(t(key, { date: formatDate(day) })) : null
    ];
  }
  function word(list, value) {
    return value ? [dataText(wordFor(list, value))] : [];
  }
  function known(record) {
    return [
      [t("fact.kind"), [wordFor("kind", record.device_type)]],
      [t("fact.faces"), view(record)],
      [t("fact.type"), word("camera_type", record.camera_type)],
      [t("fact.mount"), word("mount", record.mount)],
      [t("fact.visibility"), word("visibility", record.visibility)],
      [t("fact.zone"), word("zone", record.zone)],
      [t("fact.lifecycle"), lifecycle(record)],
      [t("fact.installed"), record.installed_on ? [formatDate(record.installed_on)] : []],
      [t("fact.checked"), record.last_checked_on ? [formatDate(record.last_checked_on)] : []]
    ];
  }
  function whose(record) {
    const suppliers = record.operator_supplier_ids;
    const systems = record.place_deployment_ids;
    const none = () => [el("span", { class: "missing" }, t("camera.none_documented"))];
    return factList([
      [t("fact.maker"), maker(record)],
      [t("fact.operator"), operator(record)],
      [
        t("fact.suppliers"),
        suppliers ? [
          pageLinks("vendors", suppliers, record.operator_supplier_names),
          underLine(t("camera.of_operator"))
        ] : none()
      ],
      [
        t("fact.systems"),
        systems ? [
          pageLinks("deployments", systems, record.place_deployment_names),
          underLine(t("camera.of_place"))
        ] : none()
      ]
    ]);
  }
  function ask(record, latlng) {
    const isSaid = record.vendor_name || record.vendor_as_written;
    return isSaid || record.source_id !== "osm" ? null : editObject(record.source_ref, latlng);
  }
  function firstMapped(record) {
    if (!record.first_mapped_on) {
      return [el("span", { class: "missing" }, t("mapped." + record.first_mapped_method))];
    }
    return [
      formatDate(record.first_mapped_on),
      underLine(t("mapped." + record.first_mapped_method))
    ];
  }
  function sourceFact(record) {
    const shown = record.source_url ? linkOut(record.source_url, record.source_ref) : dataText(record.source_ref);
    return [dataText(wordFor("source", record.source_id)), " ", shown];
  }
  function links(record) {
    return (record.links || []).map((link) => [
      dataText(wordFor("source", link.source_id)),
      " ",
      dataText(link.source_ref),
      underLine(t(link.certainty === "sure" ? "camera.link_sure" : "camera.link_several", {
        m: link.distance_m
      }))
    ]);
  }
  function evidence(record, meta, latlng) {
    const precision = record.location_precision_m;
    const area = record.geometry_kind === "area" ? underLine(t("camera.area")) : null;
    return factList([
      [t("fact.source"), sourceFact(record)],
      [t("fact.links"), links(record).flat()],
      [t("fact.method"), record.vendor_method ? [dataText(record.vendor_method)] : []],
      [t("fact.mapped"), firstMapped(record)],
      [t("fact.data"), [formatDate(meta.data_on)]],
      [
        t("fact.position"),
        [
          el("span", { class: "id" }, latlng.lat.toFixed(5) + ", " + latlng.lng.toFixed(5)),
          precision ? underLine(t("camera.precision", { n: precision })) : null,
          area
        ]
      ],
      [t("fact.licence"), [dataText(record.license_id)]]
    ]);
  }
  function remarks(record) {
    const said = new Set(["all_round", "area_centre"]);
    return record.flags.filter((flag) => !said.has(flag)).map((flag) => el("li", null, wordFor("flag", flag)));
  }
  function poleButtons(rows, row, store) {
    if (rows.length < 2)
      return null;
    const button = (other, i) => {
      const [degrees] = directionsOf(store, other);
      const way = degrees === undefined ? t("camera.no_way") : headingName(degrees);
      return el("button", {
        type: "button",
        "aria-pressed": String(other === row),
        "aria-label": t("camera.of_pole", { i: i + 1, n: rows.length, way }),
        onclick: () => selectCamera(other)
      }, arrowPicture(degrees));
    };
    return el("div", { class: "pole", role: "group", "aria-label": t("camera.pole", { n: rows.length }) }, rows.map(button));
  }
  function cameraPage(meta, store, row, record) {
    const facts = known(record);
    const missing = facts.filter(([, value]) => value.length === 0);
    const notes = remarks(record);
    const pole = rowsOfPole(store, row);
    const latlng = latlngOf(store, row);
    return {
      title: headline(record),
      under: place(record),
      body: [
        poleButtons(pole, row, store),
        el("h3", null, t("camera.whose")),
        whose(record),
        ask(record, latlng),
        el("h3", null, t("camera.known")),
        factList(facts),
        missing.length ? el("h3", null, t("camera.unknown")) : null,
        missing.length ? el("ul", { class: "missing-list" }, missing.map(([label]) => el("li", null, label))) : null,
        el("h3", null, t("camera.how")),
        evidence(record, meta, latlng),
        notes.length ? el("h3", null, t("camera.remarks")) : null,
        notes.length ? el("ul", { class: "remarks" }, notes) : null,
        el("p", { class: "id quiet" }, dataText(record.camera_id)),
        el("p", { class: "actions" }, el("a", { href: plainPage("method.html#report") }, t("report")), el("a", { href: plainPage("method.html#ladder") }, t("camera.method")))
      ]
    };
  }

  // site/js/camera_ids.js
  var POLYNOMIAL = 3988292384;
  var CHECK_BITS = 16;
  function crc32(bytes) {
    let rest = 4294967295;
    for (const byte of bytes) {
      rest ^= byte;
      for (let k = 0;k < 8; k++)
        rest = rest & 1 ? rest >>> 1 ^ POLYNOMIAL : rest >>> 1;
    }
    return (rest ^ 4294967295) >>> 0;
  }
  async function rowOfCamera(meta, cameraId) {
    const { files } = meta.ids;
    const sum = crc32(new TextEncoder().encode(cameraId));
    const wanted = Math.floor(sum / files) % 2 ** CHECK_BITS;
    const { check, row } = await want("ids/" + String(sum % files).padStart(3, "0"));
    for (let i = check.indexOf(wanted);i >= 0 && check[i] === wanted; i++) {
      const record = await details.of(meta, row[i]);
      if (record.camera_id === cameraId)
        return row[i];
    }
    return -1;
  }

  // site/js/deployment.js
  function figure(count, sources) {
    return el("div", { class: "figure" }, el("b", null, englishText(count.figure)), englishText(count.what + ", " + count.state + ", " + count.when), count.scope ? underLine(englishText(count.scope)) : null, count.sources.map((number) => sourceLine(sources[number])));
  }
  function claimLine(claim, sources) {
    return el("li", { class: "claim" }, englishText(claim.byline), claim.says ? ["; ", el("span", { class: "says" }, englishText(claim.says))] : null, el("p", { lang: "en", dir: "ltr" }, dataText(claim.text)), claim.sources.map((number) => sourceLine(sources[number])));
  }
  function supplier(relation, sources) {
    return el("details", { class: "supplier status-" + relation.status }, el("summary", null, el("b", null, dataText(relation.supplier)), el("small", null, englishText(relation.headline))), el("p", { class: "actions" }, pageLink("vendors", relation.supplier_id, t("deployment.supplier_page"))), el("ul", null, relation.claims.map((claim) => claimLine(claim, sources))));
  }
  function chainPart(deployment) {
    const { sources, suppliers } = deployment;
    const supplies = suppliers.filter((relation) => relation.supplies);
    const named = suppliers.filter((relation) => !relation.supplies);
    const hang = (relation) => el("li", null, supplier(relation, sources));
    return [
      el("h3", null, t("deployment.who")),
      el("div", { class: "mini-chain" }, el("p", { class: "runs" }, el("small", null, t("fact.operator")), deployment.operator ? el("b", null, dataText(deployment.operator)) : el("b", { class: "missing" }, t("value.unknown"))), supplies.length ? el("ul", null, supplies.map(hang)) : el("p", { class: "missing" }, t("deployment.no_suppliers"))),
      named.length ? el("h3", null, t("deployment.named")) : null,
      named.length ? el("ul", null, named.map(hang)) : null,
      el("p", { class: "actions" }, pageLink("deployments", deployment.id, t("deployment.page")))
    ];
  }
  function countPart({ counts, headline, sources }) {
    const heading = el("h3", null, t("deployment.counts"));
    if (!counts.length)
      return [heading, el("p", { class: "missing" }, t("deployment.no_counts"))];
    if (counts.length === 1)
      return [heading, figure(counts[0], sources)];
    const all = el("details", { class: "figures" }, el("summary", null, t("deployment.figures", { n: counts.length })), counts.map((count) => figure(count, sources)));
    return [heading, headline ? el("p", { class: "headline" }, englishText(headline.line)) : null, all];
  }
  function deploymentPage(deployment, beside) {
    const { sources } = deployment;
    return {
      title: dataText(deployment.name),
      under: [t("deployment.kind"), " · ", dataText(deployment.where)],
      body: [
        chainPart(deployment),
        countPart(deployment),
        el("p", { class: "list-note" }, t("deployment.apart")),
        el("h3", null, t("camera.known")),
        factList([
          [t("fact.technologies"), formatList(deployment.technology_ids.map((id) => wordFor("technology", id)))],
          [t("fact.period"), deployment.period ? englishText(deployment.period) : null]
        ]),
        deployment.claims.length ? el("h3", null, t("deployment.claims")) : null,
        deployment.claims.length ? el("ul", null, deployment.claims.map((claim) => claimLine(claim, sources))) : null,
        others(deployment, beside),
        el("p", { class: "actions" }, el("a", { href: plainPage("method.html#report") }, t("report")))
      ]
    };
  }
  function others(deployment, beside) {
    if (beside.length < 2)
      return null;
    return [
      el("h3", null, t("deployment.beside")),
      el("div", { class: "pole", role: "group", "aria-label": t("deployment.beside") }, beside.map((other) => el("button", {
        type: "button",
        "aria-pressed": String(other === deployment),
        onclick: () => selectDeployment(other, false)
      }, dataText(other.name))))
    ];
  }

  // site/js/place_view.js
  var EQUATOR_M = 40075016.7;
  var WORLD4 = 1 << 25;
  var MAKERS_SHOWN2 = 6;
  var SYSTEMS_SHOWN = 12;
  var RULINGS_SHOWN = 6;
  var SYSTEMS_WITHIN = 2;
  function radiusOf(thousands) {
    if (thousands >= 1000)
      return 15000;
    return thousands >= 200 ? 1e4 : 5000;
  }
  function distance(place, lat, lng) {
    return L.CRS.Earth.distance(L.latLng(place.lat, place.lng), L.latLng(lat, lng));
  }
  function rowsOf(place, store, meta) {
    const rows = [];
    if (place.isCountry) {
      const wanted = meta.countries.findIndex(({ id }) => id === place.country);
      for (let i = 0;i < store.n; i++) {
        if (store.country[i] === wanted && STANDING.includes(store.lifecycle[i]))
          rows.push(i);
      }
      return rows;
    }
    const at = L.CRS.EPSG3857.latLngToPoint(L.latLng(place.lat, place.lng), 0);
    const x = at.x / 256 * WORLD4;
    const y = at.y / 256 * WORLD4;
    const reach = place.radius / (EQUATOR_M * Math.cos(place.lat * Math.PI / 180)) * WORLD4;
    for (let i = 0;i < store.n; i++) {
      const dx = store.x[i] - x;
      const dy = store.y[i] - y;
      if (dx * dx + dy * dy <= reach * reach && STANDING.includes(store.lifecycle[i]))
        rows.push(i);
    }
    return rows;
  }
  function countBy(rows, column) {
    const counts = new Map;
    for (const row of rows)
      counts.set(column[row], (counts.get(column[row]) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }
  function makerLines(rows, store, makers) {
    const counts = countBy(rows, store.vendor);
    const line = ([vendor, n]) => el("li", null, marks.picture(0, vendor), vendor === 0 ? el("span", null, t("key.unknown")) : dataText(makers[vendor].name), el("span", { class: "n tabular" }, formatNumber(n)));
    const rest = counts.slice(MAKERS_SHOWN2).reduce((sum, [, n]) => sum + n, 0);
    return el("ul", { class: "place-makers" }, counts.slice(0, MAKERS_SHOWN2).map(line), rest ? el("li", null, t("key.rest"), el("span", { class: "n tabular" }, formatNumber(rest))) : null);
  }
  function cameraPart(place, rows, { store, meta, makers }) {
    const kinds = countBy(rows, store.kind).map(([kind, n]) => inSentence(wordFor("kind", meta.kinds[kind].id)) + ": " + formatNumber(n));
    const where = place.isCountry ? t("place.in_country", { n: rows.length }) : t("place.within", { n: rows.length, km: place.radius / 1000 });
    return [
      el("h3", null, t("place.cameras")),
      el("p", { class: "place-count" }, el("b", null, formatNumber(rows.length)), " ", where),
      rows.length ? el("p", { class: "quiet" }, kinds.join(", ")) : null,
      rows.length ? makerLines(rows, store, makers) : el("p", null, t("place.no_cameras")),
      worldPart(place, meta)
    ];
  }
  function worldPart(place, meta) {
    if (!meta.world)
      return null;
    const counted = meta.world.countries.find(([code]) => code === place.country);
    if (!counted)
      return null;
    const [code, n, named] = counted;
    const date = formatDate(meta.world.data_on);
    return el("p", { class: "list-note" }, t("place.world", { n, country: countryName(code), date }) + " ", named ? t("place.world_named", { n: named }) : t("place.world_unnamed"));
  }
  function systemsOf(place, systems) {
    if (place.isCountry)
      return systems.filter((one) => one.country_code === place.country);
    return systems.filter(({ lat_deg: lat }) => lat !== null).map((one) => ({ one, far: distance(place, Number(one.lat_deg), Number(one.lon_deg)) })).filter(({ far }) => far <= place.radius * SYSTEMS_WITHIN).sort((a, b) => a.far - b.far).map(({ one }) => one);
  }
  function systemLine(system) {
    const suppliers = [
      ...new Set(system.suppliers.filter((one) => one.supplies).map((one) => one.supplier))
    ];
    return el("li", null, el("button", { type: "button", "data-key": system.id, onclick: () => selectDeployment(system, false) }, ringPicture(), el("span", { class: "name" }, dataText(system.name), el("br"), el("small", null, suppliers.length ? dataText(suppliers.join(", ")) : t("place.no_supplier")), system.headline ? [el("br"), el("small", null, englishText(system.headline.line))] : null)));
  }
  function systemPart(place, found, elsewhere) {
    const parts = [el("h3", null, t("place.systems"))];
    if (found.length) {
      parts.push(el("p", { class: "list-note" }, t("deployment.apart")), el("ul", { class: "rows" }, found.slice(0, SYSTEMS_SHOWN).map(systemLine)));
      const left = found.length - SYSTEMS_SHOWN;
      if (left > 0)
        parts.push(el("p", { class: "list-note" }, t("place.more_systems", { n: left })));
      return parts;
    }
    parts.push(el("p", { class: "missing" }, t("place.nobody")));
    if (elsewhere.length) {
      const country = countryName(place.country);
      parts.push(el("p", { class: "list-note" }, t("place.in_same_country", { n: elsewhere.length, country })), el("ul", { class: "rows" }, elsewhere.slice(0, 3).map(systemLine)));
    }
    return parts;
  }
  function rulingPart(place, rulings, found) {
    const ids = new Set(found.map(({ id }) => id));
    const here = rulings.filter(({ country }) => country === place.country);
    const ordered = [
      ...here.filter(({ deployment }) => ids.has(String(deployment))),
      ...here.filter(({ deployment }) => !ids.has(String(deployment)))
    ];
    if (!place.country)
      return null;
    return [
      el("h3", null, t("place.law", { country: countryName(place.country) })),
      ordered.length ? el("ul", { class: "place-law" }, ordered.slice(0, RULINGS_SHOWN).map(({ line }) => el("li", null, englishText(line)))) : el("p", { class: "missing" }, t("place.no_law")),
      el("p", { class: "actions" }, pageLink("places", place.country.toLowerCase(), t("place.page", { country: countryName(place.country) })))
    ];
  }
  function doPart(place) {
    const zoom = 17;
    const at = place.lat.toFixed(4) + "/" + place.lng.toFixed(4);
    return [
      el("h3", null, t("place.do")),
      el("ul", { class: "place-do" }, el("li", null, linkOut("https://www.openstreetmap.org/edit#map=" + zoom + "/" + at, t("place.do_osm"))), el("li", null, linkOut("https://mapcomplete.org/surveillance.html?z=15&lat=" + place.lat.toFixed(4) + "&lon=" + place.lng.toFixed(4), t("place.do_mapcomplete"))), el("li", null, el("a", { href: plainPage("method.html#own-list") }, t("place.do_list"))), el("li", null, el("a", { href: plainPage("method.html#report") }, t("report"))))
    ];
  }
  function placePage(place, known) {
    const whole = { ...place, radius: radiusOf(place.thousands) };
    const rows = rowsOf(whole, known.store, known.meta);
    const found = systemsOf(whole, known.systems);
    const elsewhere = known.systems.filter((one) => one.country_code === place.country);
    return {
      title: place.isCountry ? countryName(place.country) : dataText(place.name),
      under: [
        t("place.kind"),
        place.isCountry || !place.country ? null : [" · ", countryName(place.country)]
      ],
      body: [
        cameraPart(whole, rows, known),
        systemPart(whole, found, elsewhere),
        rulingPart(whole, known.rulings, found),
        doPart(whole)
      ]
    };
  }

  // site/js/selection.js
  var NOTHING = { row: -1, camera: null, deployment: null, place: null };
  function startSelection({ map, meta, makers, layer, rings, onChange, ready }) {
    const drawer = byId("drawer");
    const state = { ...NOTHING };
    let opener = null;
    let turn = 0;
    const sheet = makeSheet(drawer, byId("drawer-grip"), "half");
    function open(page, focus) {
      fillNode(byId("drawer-title"), page.title);
      fillNode(byId("drawer-under"), page.under);
      fillNode(byId("drawer-body"), page.body);
      byId("drawer-body").scrollTop = 0;
      if (drawer.hidden) {
        opener = document.activeElement;
        sheet.rest("half");
      }
      drawer.hidden = false;
      notice.quiet();
      document.documentElement.dataset.drawer = "open";
      if (focus)
        byId("drawer-title").focus({ preventScroll: true });
    }
    function giveFocusBack() {
      const key = opener && opener.dataset.key;
      const again = key ? document.querySelector('#pane-list [data-key="' + CSS.escape(key) + '"]') : null;
      const target = opener && opener.isConnected ? opener : again || byId("tab-list");
      target.focus({ preventScroll: true });
    }
    function close() {
      if (drawer.hidden)
        return;
      turn++;
      drawer.hidden = true;
      delete document.documentElement.dataset.drawer;
      Object.assign(state, { ...NOTHING });
      delete drawer.dataset.row;
      delete drawer.dataset.camera;
      layer.choose(-1);
      rings.choose(null);
      giveFocusBack();
      onChange();
    }
    function covered() {
      const size = map.getSize();
      return isNarrow() ? L.point(0, size.y * 0.3) : L.point(190, 0);
    }
    function reveal(latlng, zoom) {
      const target = Math.max(map.getMinZoom(), zoom);
      const centre = map.unproject(map.project(latlng, target).add(covered()), target);
      map.setView(centre, target, { animate: false });
    }
    function uncover(latlng) {
      const at = map.latLngToContainerPoint(latlng);
      const from = map.getContainer().getBoundingClientRect();
      const box = drawer.getBoundingClientRect();
      const x = at.x + from.left;
      const y = at.y + from.top;
      if (x < box.left - 20 || x > box.right || y < box.top - 20 || y > box.bottom)
        return;
      const shift = covered();
      const middle = map.getSize().divideBy(2).subtract(shift);
      map.panBy(at.subtract(isNarrow() ? L.point(at.x, middle.y) : L.point(middle.x, at.y)), {
        animate: false
      });
    }
    async function showCamera(row, focus, move) {
      const mine = ++turn;
      const store = await ready;
      if (move)
        reveal(latlngOf(store, row), Math.max(17, map.getZoom()));
      Object.assign(state, { ...NOTHING, row });
      layer.choose(row);
      rings.choose(null);
      let record;
      try {
        record = await details.of(meta, row);
      } catch {
        if (mine === turn)
          notice.failed(t("error.details"), () => showCamera(row, focus, move));
        return;
      }
      if (mine !== turn)
        return;
      state.camera = record.camera_id;
      Object.assign(drawer.dataset, { row: String(row), camera: record.camera_id });
      open(cameraPage(meta, store, row, record), focus);
      if (!move)
        uncover(latlngOf(store, row));
      onChange();
    }
    function showDeployment(deployment, move) {
      turn++;
      if (move && deployment.lon_deg !== null)
        reveal([deployment.lat_deg, deployment.lon_deg], 4);
      Object.assign(state, { ...NOTHING, deployment: deployment.id });
      layer.choose(-1);
      rings.choose(deployment.id);
      delete drawer.dataset.row;
      delete drawer.dataset.camera;
      open(deploymentPage(deployment, rings.beside(deployment)), move);
      if (!move && deployment.lon_deg !== null)
        uncover([deployment.lat_deg, deployment.lon_deg]);
      onChange();
    }
    async function showPlace(place) {
      const mine = ++turn;
      const store = await ready;
      const search = await want("search").catch(() => ({ rulings: [] }));
      if (mine !== turn)
        return;
      Object.assign(state, { ...NOTHING, place: place.ref || null });
      layer.choose(-1);
      rings.choose(null);
      delete drawer.dataset.row;
      delete drawer.dataset.camera;
      const known = { store, meta, makers, systems: rings.all(), rulings: search.rulings };
      if (!place.isCountry)
        reveal([place.lat, place.lng], map.getZoom());
      open(placePage(place, known), true);
      onChange();
    }
    byId("drawer-close").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented)
        close();
    });
    async function showById(id, near) {
      const mine = ++turn;
      const store = await ready;
      let row;
      try {
        row = await rowOfCamera(meta, id);
      } catch {
        notice.failed(t("error.details"), () => selectCameraById(id, near));
        return;
      }
      if (mine !== turn)
        return;
      if (row < 0)
        notice.warn(t("search.no_camera", { id }));
      else
        await showCamera(row, false, near || !map.getBounds().contains(latlngOf(store, row)));
    }
    onSelect(({ row, cameraId, near, deployment, place, fromList }) => {
      if (place)
        showPlace(place);
      else if (deployment)
        showDeployment(deployment, fromList);
      else if (cameraId)
        showById(cameraId, Boolean(near));
      else if (row !== undefined)
        showCamera(row, fromList, fromList);
      else
        close();
    });
    return state;
  }

  // site/js/scale.js
  function discScale() {
    const sources = [];
    let units = new Map;
    return {
      add(fullestAt) {
        sources.push(fullestAt);
        units = new Map;
      },
      forget() {
        units = new Map;
      },
      unitAt(zoom) {
        if (!units.has(zoom)) {
          const fullest = Math.max(1, ...sources.map((fullestAt) => fullestAt(zoom)));
          units.set(zoom, unitOf(fullest));
        }
        return units.get(zoom);
      }
    };
  }

  // site/js/story.js
  var KEY2 = "wc-story";
  function remember() {
    try {
      globalThis.localStorage.setItem(KEY2, "closed");
    } catch {}
  }
  function storyIsOpen() {
    return document.documentElement.dataset.story !== "closed";
  }
  function startStory(map, rings, onClose) {
    const story = byId("story");
    if (!story)
      return;
    function close() {
      document.documentElement.dataset.story = "closed";
      remember();
      map.invalidateSize({ animate: false });
      onClose();
    }
    byId("story-close").addEventListener("click", () => {
      close();
      byId("tab-filter").focus();
    });
    byId("story-find").addEventListener("click", () => byId("search").focus());
    byId("story-open").addEventListener("click", () => {
      delete document.documentElement.dataset.story;
      map.invalidateSize({ animate: false });
      byId("story-title").focus();
    });
    const buttons = story.querySelectorAll("[data-supplier]");
    function press() {
      for (const button of buttons) {
        const isOn = filter.hasSupplier(String(button.dataset.supplier));
        button.setAttribute("aria-pressed", String(isOn));
      }
    }
    for (const button of buttons) {
      const id = button.dataset.supplier;
      for (const start of ["pointerenter", "focus"]) {
        button.addEventListener(start, () => rings.preview(id));
      }
      for (const end of ["pointerleave", "blur"]) {
        button.addEventListener(end, () => rings.preview(null));
      }
      button.addEventListener("click", () => {
        if (filter.hasSupplier(id))
          filter.clear("vendor");
        else {
          filter.onlySupplier(id);
          rings.fit(id);
        }
      });
    }
    filter.onChange(press);
    press();
    const strips = [...story.querySelectorAll(".chain-strip")];
    const next = byId("story-next");
    let shown = 0;
    if (next) {
      next.addEventListener("click", () => {
        strips[shown].setAttribute("data-later", "");
        shown = (shown + 1) % strips.length;
        strips[shown].removeAttribute("data-later");
      });
    }
  }

  // site/js/street_names.js
  var SIZE = 11;
  var APART3 = 260;
  function straightest(street, width, height) {
    const { points, left, top, scale } = street;
    let best = null;
    let startX = 0;
    let startY = 0;
    let heading = null;
    let lastX = 0;
    let lastY = 0;
    for (let i = 0;i < points.length; i += 2) {
      const x = points[i] * scale + left;
      const y = points[i + 1] * scale + top;
      if (i > 0) {
        const turn = Math.atan2(y - lastY, x - lastX);
        if (heading === null || Math.abs(Math.sin(turn - heading)) > 0.12) {
          heading = turn;
          startX = lastX;
          startY = lastY;
        }
        const middleX = (startX + x) / 2;
        const middleY = (startY + y) / 2;
        const length = Math.hypot(x - startX, y - startY);
        const inside = middleX > 0 && middleX < width && middleY > 0 && middleY < height;
        if (inside && (!best || length > best.length)) {
          best = { length, x: middleX, y: middleY, angle: Math.atan2(y - startY, x - startX) };
        }
      }
      lastX = x;
      lastY = y;
    }
    return best;
  }
  function upright(angle) {
    if (angle > Math.PI / 2)
      return angle - Math.PI;
    if (angle <= -Math.PI / 2)
      return angle + Math.PI;
    return angle;
  }
  function collides(placed, name, spot, half) {
    return placed.some((other) => {
      const distance = Math.hypot(other.x - spot.x, other.y - spot.y);
      return distance < (other.name === name ? APART3 : (other.half + half) * 0.8);
    });
  }
  function drawStreetNames(context, frame, colours, streets) {
    const width = frame.drawn.max.x - frame.drawn.min.x;
    const height = frame.drawn.max.y - frame.drawn.min.y;
    const spots = [];
    for (const street of streets) {
      const spot = straightest(street, width, height);
      if (spot)
        spots.push({ ...spot, name: street.name, rank: street.major ? 2 : 1 });
    }
    spots.sort((a, b) => b.rank * b.length - a.rank * a.length || (a.name < b.name ? -1 : 1));
    context.font = "500 " + SIZE + "px " + marks.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const placed = [];
    for (const spot of spots) {
      const half = context.measureText(spot.name).width / 2;
      if (half * 2 > spot.length || collides(placed, spot.name, spot, half))
        continue;
      placed.push({ ...spot, half });
      context.save();
      context.translate(spot.x, spot.y);
      context.rotate(upright(spot.angle));
      context.lineWidth = 2.5;
      context.strokeStyle = colours["street-2"];
      context.strokeText(spot.name, 0, 0);
      context.fillStyle = colours["street-name"];
      context.fillText(spot.name, 0, 0);
      context.restore();
    }
  }

  // site/js/streets.js
  var FROM_ZOOM = 11;
  var NAMES_FROM = 16;
  var TILES_AT_ONCE = 80;
  var AREAS = new Set(["water_area", "green", "building"]);
  var ORDER = [
    "green",
    "water_area",
    "water_line",
    "building",
    "path",
    "rail",
    "street_minor",
    "street_major"
  ];
  var WIDTHS = {
    street_major: [1, 1.4, 2, 2.8, 4, 6.5, 10, 15, 22],
    street_minor: [0, 0, 0.8, 1.2, 1.8, 3.2, 6, 10, 16],
    path: [0, 0, 0, 0.6, 0.8, 1, 1.4, 2, 3],
    rail: [0.4, 0.6, 0.8, 0.9, 1, 1.2, 1.5, 2, 2.5],
    water_line: [0.5, 0.6, 0.8, 1, 1.4, 2, 3, 4, 6]
  };
  var COLOURS = {
    street_major: "street-1",
    street_minor: "street-2",
    path: "street-3",
    rail: "rail",
    water_line: "water",
    water_area: "water",
    green: "green",
    building: "building"
  };
  function readTile(payload) {
    const tile = { paths: {}, named: [] };
    for (const kind of ORDER)
      tile.paths[kind] = null;
    for (const shape of payload.shapes) {
      const kind = payload.kinds[shape[0]];
      const path = tile.paths[kind] || (tile.paths[kind] = new Path2D);
      let x = shape[2];
      let y = shape[3];
      const points = [x, y];
      path.moveTo(x, y);
      for (let i = 4;i < shape.length; i += 2) {
        x += shape[i];
        y += shape[i + 1];
        points.push(x, y);
        path.lineTo(x, y);
      }
      if (AREAS.has(kind))
        path.closePath();
      else if (kind.startsWith("street_") && payload.names[shape[1]]) {
        tile.named.push({ name: payload.names[shape[1]], major: kind === "street_major", points });
      }
    }
    return tile;
  }
  function key(x, y) {
    return x + "-" + y;
  }
  function streetLayer(meta, redraw) {
    const tiles = new Map;
    const failed = new Set;
    let index = null;
    let asked = false;
    async function readIndex() {
      asked = true;
      try {
        index = new Set((await want("context/index")).tiles);
        redraw();
      } catch {
        notice.failed(t("error.streets"), () => {
          asked = false;
          redraw();
        });
      }
    }
    async function fetchTile(name) {
      tiles.set(name, null);
      try {
        const file = "context/13-" + name;
        const bytes = await unpack((await want(file)).gz);
        drop(file);
        tiles.set(name, readTile(JSON.parse(new TextDecoder().decode(bytes))));
        performance.mark("wc-streets");
        failed.delete(name);
        redraw();
      } catch {
        tiles.delete(name);
        failed.add(name);
        notice.failed(t("error.streets"), () => {
          failed.clear();
          redraw();
        });
      }
    }
    function tilesIn(frame, existing) {
      const side = 256 * 2 ** (frame.zoom - 13);
      const names = [];
      for (let x = Math.floor(frame.drawn.min.x / side);x <= frame.drawn.max.x / side; x++) {
        for (let y = Math.floor(frame.drawn.min.y / side);y <= frame.drawn.max.y / side; y++) {
          if (existing.has(key(x, y)))
            names.push({ name: key(x, y), x, y });
        }
      }
      if (names.length > TILES_AT_ONCE)
        return [];
      for (const { name } of names)
        if (!tiles.has(name) && !failed.has(name))
          fetchTile(name);
      return names.filter(({ name }) => tiles.get(name));
    }
    function drawKind(context, kind, path, colours, zoom, scale) {
      if (AREAS.has(kind)) {
        if (kind === "building" && zoom < 14)
          return;
        context.fillStyle = colours[COLOURS[kind]];
        context.fill(path, "evenodd");
        return;
      }
      const width = WIDTHS[kind][Math.min(19, zoom) - FROM_ZOOM];
      if (!width)
        return;
      context.strokeStyle = colours[COLOURS[kind]];
      context.lineWidth = width / scale;
      context.stroke(path);
    }
    function draw(context, frame, colours) {
      if (meta.context.choice === "none" || frame.zoom < FROM_ZOOM)
        return;
      if (!index) {
        if (!asked)
          readIndex();
        return;
      }
      const there = tilesIn(frame, index);
      const scale = 2 ** (frame.zoom + 8 - 25);
      context.lineJoin = "round";
      context.lineCap = "round";
      for (const kind of ORDER) {
        for (const { name, x, y } of there) {
          const path = tileOf(name).paths[kind];
          if (!path)
            continue;
          place(context, frame, x, y, scale);
          drawKind(context, kind, path, colours, frame.zoom, scale);
        }
      }
      context.lineCap = "butt";
      context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      if (frame.zoom >= NAMES_FROM) {
        drawStreetNames(context, frame, colours, namedIn(there, frame, scale));
      }
    }
    function place(context, frame, x, y, scale) {
      const side = 4096 * scale;
      const { ratio, drawn } = frame;
      context.setTransform(scale * ratio, 0, 0, scale * ratio, (x * side - drawn.min.x) * ratio, (y * side - drawn.min.y) * ratio);
    }
    function tileOf(name) {
      return tiles.get(name);
    }
    function namedIn(there, frame, scale) {
      const out = [];
      for (const { name, x, y } of there) {
        const left = x * 4096 * scale - frame.drawn.min.x;
        const top = y * 4096 * scale - frame.drawn.min.y;
        for (const street of tileOf(name).named) {
          if (!street.major && frame.zoom < NAMES_FROM + 1)
            continue;
          out.push({ ...street, left, top, scale });
        }
      }
      return out;
    }
    return { draw, isThere: meta.context.choice !== "none" };
  }

  // site/js/tabs.js
  function wireTabs(onList) {
    const filterTab = byId("tab-filter");
    const listTab = byId("tab-list");
    const show = (list) => {
      filterTab.setAttribute("aria-selected", String(!list));
      listTab.setAttribute("aria-selected", String(list));
      filterTab.tabIndex = list ? -1 : 0;
      listTab.tabIndex = list ? 0 : -1;
      byId("pane-filter").hidden = list;
      byId("pane-list").hidden = !list;
      onList(list);
    };
    filterTab.addEventListener("click", () => show(false));
    listTab.addEventListener("click", () => show(true));
    for (const [tab, other] of [
      [filterTab, listTab],
      [listTab, filterTab]
    ]) {
      tab.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight")
          return;
        other.click();
        other.focus();
      });
    }
    return show;
  }

  // site/js/tiles.js
  function offerTiles(meta, map, into) {
    if (!meta.page.osm_tiles)
      return;
    const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
      maxZoom: 19,
      zIndex: 1
    });
    const box = el("input", {
      type: "checkbox",
      onchange() {
        if (box.checked)
          tiles.addTo(map);
        else
          tiles.remove();
        map.getPane("wc-ground").hidden = box.checked;
      }
    });
    into.append(el("label", { class: "tiles" }, box, t("tiles")), el("p", null, t("tiles.notice")));
  }

  // site/js/world.js
  var WORLD_UNTIL = 7;
  var PALE = 0.85;
  var HELD = new Set(["kind", "vendor"]);
  function worldLayer(meta, coloursNow, scale, onScale) {
    let rows = null;
    let discs = [];
    let frameNow = null;
    const listeners = [];
    let sums = null;
    function isShown(zoom) {
      return zoom <= WORLD_UNTIL && filter.areOnly(HELD);
    }
    function countIn(rows, area, lattice) {
      const counted = { n: 0, shares: new Uint32Array(CLASSES) };
      const mask = (1 << 25) - 1;
      for (let i = 0;i < rows.n; i++) {
        if (!filter.lets("kind", rows.kind[i]) || !filter.lets("vendor", rows.vendor[i]))
          continue;
        const n = rows.count[i];
        const vy = rows.y[i] - area.north;
        if (vy >= 0 && vy < area.height && (rows.x[i] - area.west & mask) < area.width) {
          counted.n += n;
          counted.shares[classOf(rows.vendor[i])] += n;
        }
        const dx = rows.x[i] - lattice.area.west & mask;
        const dy = rows.y[i] - lattice.area.north;
        if (dx >= lattice.area.width || dy < 0 || dy >= lattice.area.height)
          continue;
        drop2(lattice, dx, dy, rows.vendor[i], n);
      }
      return counted;
    }
    const layer = new MapCanvas("wc-world", 402, (context, frame) => {
      frameNow = frame;
      discs = [];
      sums = null;
      if (rows && isShown(frame.zoom)) {
        const shift = Math.max(hexShift(frame.zoom), 25 - 9);
        const lattice = latticeOf(areaOf(frame.drawn, frame.zoom), shift);
        sums = countIn(rows, areaOf(frame.view, frame.zoom), lattice);
        discs = layer.placed(discsOf(lattice, scale.unitAt(frame.zoom), frame.zoom), lattice, frame);
        context.globalAlpha = PALE;
        drawDiscs(context, discs, coloursNow());
        context.globalAlpha = 1;
      }
      for (const listener of listeners)
        listener(sums);
    });
    layer.onView = (listener) => listeners.push(listener);
    layer.obstacles = () => numbered(discs);
    layer.load = async function load() {
      if (!meta.world)
        return;
      const payload = await want("world");
      const columns = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
      const counted = readOverview({ ...payload, ...columns });
      rows = counted;
      scale.add((zoom) => zoom <= WORLD_UNTIL ? fullestOf(counted, Math.max(hexShift(zoom), 16)) : 0);
      document.documentElement.dataset.world = "true";
      onScale();
      if (layer._map)
        layer.redrawSoon();
    };
    layer.at = function at(latlng) {
      if (!frameNow || discs.length === 0)
        return null;
      const point = layer._map.project(latlng, frameNow.zoom).subtract(frameNow.drawn.min);
      const near = discs.filter(({ x, y, r }) => Math.hypot(x - point.x, y - point.y) <= Math.max(6, r));
      return near.length ? near[near.length - 1] : null;
    };
    return layer;
  }

  // site/js/years.js
  var HEIGHT = 34;
  var FOOT = 1;
  function yearStrip(meta, into, span) {
    if (!span) {
      fillNode(into, el("p", null, el("b", null, t("years.title")), ": ", t("years.none")));
      return () => {};
    }
    const { first, last } = span;
    const n = last - first + 1;
    const width = Math.max(220, Math.min(560, n * 30));
    const step = width / n;
    const bars = [];
    const drawing = svgEl("svg", {
      class: "bars",
      viewBox: "0 0 " + width + " " + HEIGHT,
      preserveAspectRatio: "none",
      "aria-hidden": "true"
    });
    drawing.append(svgEl("line", { x1: 0, x2: width, y1: HEIGHT - FOOT + 0.5, y2: HEIGHT - FOOT + 0.5 }));
    for (let i = 0;i < n; i++) {
      const bar = svgEl("rect", { x: i * step + 0.75, width: step - 1.5, y: 0, height: 0 });
      bars.push(bar);
      drawing.append(bar);
    }
    const labels = el("div", { class: "bar-labels", "aria-hidden": "true" });
    const every = n > 16 ? 5 : n > 8 ? 2 : 1;
    for (let i = 0;i < n; i++) {
      const year = first + i + meta.year_base;
      const isEnd = i === 0 || i === n - 1;
      if (!isEnd && (year % every !== 0 || Math.min(i, n - 1 - i) * step < 34))
        continue;
      const label = el("span", null, String(year));
      label.style.insetInlineStart = (i + 0.5) / n * 100 + "%";
      labels.append(label);
    }
    const pick = (label, initial) => {
      const select = el("select", { "aria-label": t(label), onchange: () => choose() });
      for (let i = 0;i < n; i++) {
        select.append(el("option", { value: first + i }, String(first + i + meta.year_base)));
      }
      select.value = String(initial);
      return select;
    };
    const from = pick("years.from", first);
    const to = pick("years.to", last);
    const unknownBox = el("input", { type: "checkbox", onchange: () => choose() });
    const unknownCount = el("span", { class: "tabular" });
    unknownBox.checked = true;
    function choose() {
      const a = Math.min(Number(from.value), Number(to.value));
      const b = Math.max(Number(from.value), Number(to.value));
      if (a === first && b === last && unknownBox.checked)
        filter.clear("year");
      else
        filter.setYears(a, b, unknownBox.checked);
    }
    function yearAt(event) {
      const box = drawing.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      return first + Math.max(0, Math.min(n - 1, Math.floor(share * n)));
    }
    let anchor = null;
    drawing.addEventListener("pointerdown", (event) => {
      anchor = yearAt(event);
      drawing.setPointerCapture(event.pointerId);
      const { from: a, to: b } = filter.years;
      if (a === anchor && b === anchor) {
        anchor = null;
        filter.clear("year");
      } else
        filter.setYears(anchor, anchor, false);
    });
    drawing.addEventListener("pointermove", (event) => {
      if (anchor === null)
        return;
      const other = yearAt(event);
      filter.setYears(Math.min(anchor, other), Math.max(anchor, other), false);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      drawing.addEventListener(end, () => {
        anchor = null;
      });
    }
    fillNode(into, el("h2", null, t("years.title"), el("small", null, t(meta.years_by_history ? "years.by_history" : "years.under"))), el("div", { class: "bar-box" }, drawing, labels), el("div", { class: "span" }, from, "–", to, el("label", null, unknownBox, unknownCount)));
    return function show(counts) {
      let top = 1;
      for (let i = 0;i < n; i++)
        top = Math.max(top, counts[first + i] || 0);
      const { from: a, to: b, unknown } = filter.years;
      for (let i = 0;i < n; i++) {
        const value = counts[first + i] || 0;
        const tall = value ? Math.max(1.5, (HEIGHT - FOOT - 2) * value / top) : 0;
        bars[i].setAttribute("y", String(HEIGHT - FOOT - tall));
        bars[i].setAttribute("height", String(tall));
        const off = a !== null && b !== null && (first + i < a || first + i > b);
        bars[i].setAttribute("class", off ? "off" : "");
      }
      from.value = String(a === null ? first : Math.max(first, a));
      to.value = String(b === null ? last : Math.min(last, b));
      unknownBox.checked = unknown;
      unknownCount.textContent = t("years.unknown", { n: counts[0] || 0 });
    };
  }
  function yearSpan(store) {
    let first = 256;
    let last = 0;
    for (const year of store.groups.year) {
      if (year === 0)
        continue;
      first = Math.min(first, year);
      last = Math.max(last, year);
    }
    return last ? { first, last } : null;
  }

  // site/js/start.js
  var WORLD5 = { lat: 25, lng: 4, zoom: 1 };
  var COUNTRIES_ZOOM = 4;
  function openingView(map, meta, asked) {
    if (asked) {
      map.setView([asked.lat, asked.lng], asked.zoom, { animate: false });
    } else if (meta.opening) {
      const { south, west, north, east } = meta.opening;
      map.fitBounds([
        [south, west],
        [north, east]
      ], { animate: false, padding: [24, 24], maxZoom: 15 });
    } else {
      map.setView(map.getCenter(), map.getMinZoom(), { animate: false });
    }
  }
  function leastZoom(map) {
    return Math.max(1, Math.ceil(Math.log2(map.getSize().x / 256)));
  }
  async function addDeployments(meta, layer, finder, onThere, wanted) {
    if (meta.deployments === 0)
      return;
    let payload;
    let systems;
    try {
      payload = await want("deployments");
      systems = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
      drop("deployments");
    } catch {
      notice.failed(t("error.deployments"), () => addDeployments(meta, layer, finder, onThere, wanted));
      return;
    }
    giveValues(systems, meta, [...meta.vendors, ...meta.others]);
    layer.show(systems);
    document.documentElement.dataset.deployments = "true";
    finder.addDeployments(systems);
    onThere();
    const asked = systems.find(({ id }) => id === wanted.id);
    if (asked)
      selectDeployment(asked, wanted.near);
  }
  function lead(map, rings) {
    const far = rings.all().filter(({ lat_deg: lat, lon_deg: lng }) => lat !== null && !map.getBounds().contains([lat, lng]));
    if (far.length === 0)
      return;
    const said = ({ counts, claims, suppliers }) => suppliers.reduce((n, supplier) => n + supplier.claims.length, counts.length + claims.length);
    const best = far.reduce((a, b) => said(b) > said(a) ? b : a);
    notice.say(t("lead", { n: far.length, name: best.place || best.name }), {
      text: t("lead.go"),
      go: () => selectDeployment(best, true)
    });
  }
  function keepLeastZoom(map) {
    const least = leastZoom(map);
    map.options.minZoom = least;
    if (map.getZoom() < least)
      map.setView(map.getCenter(), least, { animate: false });
    map.fire("zoomlevelschange");
  }
  function startPage(map) {
    performance.mark("wc-start");
    startLanguage();
    theme.start();
    const meta = have("meta");
    if (!canUnpack())
      return giveUp("failed.browser");
    if (!meta || !have("overview") || !have("land-110m"))
      return giveUp("failed.files");
    if (storyIsOpen())
      want("deployments").catch(() => {});
    want("cameras").catch(() => {});
    comeAlive();
    const makers = [...meta.vendors, ...meta.others];
    marks.giveLetters(makers);
    filter.setMeaning(makers.map(({ id }) => id), meta.year_base);
    const asked = address.read(globalThis.location.hash, meta);
    filter.restore(asked.filter);
    looks.restore(!asked.count);
    document.documentElement.classList.toggle("is-embed", Boolean(asked.embed));
    byId("desk").classList.toggle("embed", Boolean(asked.embed));
    if (!asked.understood)
      notice.warn(t("error.address"));
    map.invalidateSize({ animate: false });
    map.options.minZoom = leastZoom(map);
    map.on("resize", () => keepLeastZoom(map));
    map.options.maxBoundsViscosity = 1;
    const opening = storyIsOpen() ? WORLD5 : asked.view;
    openingView(map, meta, opening);
    map.setMaxBounds([
      [-85.06, -36000],
      [85.06, 36000]
    ]);
    let colours = theme.colours();
    const coloursNow = () => colours;
    let ground = null;
    const streets = streetLayer(meta, () => ground.redrawSoon());
    ground = groundLayer(meta, coloursNow, streets).addTo(map);
    const scale = discScale();
    const world = worldLayer(meta, coloursNow, scale, () => layer.redraw()).addTo(map);
    const layer = cameraLayer(coloursNow, scale);
    layer.showOverview(readOverview(have("overview")));
    layer.addTo(map);
    const rings = deploymentLayer(coloursNow).addTo(map);
    const names = nameLayer(coloursNow, { ground, rings, cameras: layer, world }).addTo(map);
    rings.onDraw(names.redrawSoon.bind(names));
    const sheets = [ground, world, rings, layer, names];
    performance.mark("wc-first-paint");
    document.documentElement.dataset.painted = "true";
    theme.onChange(() => {
      colours = theme.colours();
      for (const sheet of sheets)
        sheet.redraw();
    });
    runPage({ map, meta, makers, asked, ground, world, layer, rings, names, scale, sheets });
  }
  async function runPage(page) {
    const { map, meta, makers, asked, ground, world, layer, rings, names, scale, sheets } = page;
    let store = null;
    let lastView = null;
    let tellStore = () => {};
    const ready = new Promise((resolve) => {
      tellStore = resolve;
    });
    const tip = pointerTip(map);
    const writeAddress = () => {
      const { camera, deployment, place } = chosen;
      const isBare = filter.count === 0 && !deployment && !camera && !place;
      if (!store)
        return;
      if (storyIsOpen() && isBare) {
        if (globalThis.location.hash)
          globalThis.history.replaceState(null, "", "#");
        return;
      }
      const centre = map.getCenter().wrap();
      const view = { zoom: map.getZoom(), lat: centre.lat, lng: centre.lng };
      const text = address.write({ view, camera, deployment, place, embed: asked.embed }, meta);
      if (text !== globalThis.location.hash)
        globalThis.history.replaceState(null, "", text);
    };
    const chosen = startSelection({
      map,
      meta,
      makers,
      layer,
      rings,
      onChange: () => afterSelection(),
      ready
    });
    mapTools(map);
    fillCredit(meta, byId("credit"));
    showLocalLists(meta);
    fillLegend(meta, byId("legend-body"));
    offerTiles(meta, map, byId("legend-body"));
    const showFacets = facetPanel(meta, byId("pane-filter"));
    const list = listPanel(meta, byId("pane-list"), layer);
    const showSummary = countSummary(meta);
    const showKey = keyPanel(makers, scale);
    let worldSums = null;
    const finder = searchBox(meta, map);
    nearMe(map);
    const sheet = makeSheet(byId("panel"), byId("grip"), "peek");
    let showYears = null;
    let listOpen = false;
    let listSoon = 0;
    function showBeside() {
      if (!lastView)
        return;
      const systems = tallySystems(rings.inView());
      const isWide = map.getZoom() <= COUNTRIES_ZOOM;
      const afar = isWide ? rings.passing().filter(({ lat_deg: lat }) => lat === null).length : 0;
      const words = [t("sum.systems", { n: systems.total }), afar ? t("sum.no_point", { n: afar }) : ""];
      byId("systems").textContent = rings.all().length ? words.filter(Boolean).join("; ") : "";
      showFacets(lastView.tally, systems);
      const counted = worldSums && worldSums.n;
      byId("world-sum").textContent = counted ? t("sum.world", { n: counted, date: formatDate(meta.world.data_on) }) : "";
      showKey({ tally: lastView.tally, world: worldSums, zoom: map.getZoom(), hasDiscs: layer.hasDiscs() || Boolean(counted) });
    }
    function fillList() {
      if (!lastView || !store)
        return;
      const all = rings.all();
      const inView = rings.inView().filter(({ values }) => filter.letsSystem(values));
      const deployments = { inView, elsewhere: all.slice(0, 5), all: all.length };
      list.show({ ...lastView, store, chosen: chosen.row, deployments });
    }
    function refreshList() {
      clearTimeout(listSoon);
      if (listOpen)
        listSoon = setTimeout(fillList, 80);
    }
    function afterSelection() {
      names.redrawSoon();
      writeAddress();
      refreshList();
    }
    const showTab = wireTabs((open) => {
      listOpen = open;
      if (open && isNarrow())
        sheet.rest("half");
      refreshList();
    });
    byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      showTab(true);
      sheet.rest("full");
      byId("tab-list").focus();
    });
    startStory(map, rings, () => {
      if (filter.count === 0)
        openingView(map, meta, null);
      writeAddress();
    });
    preparePrinting(map, sheets, fillList);
    const clear = byId("clear");
    clear.addEventListener("click", () => filter.clear());
    layer.onView((view) => {
      lastView = view;
      showSummary(view.tally);
      showBeside();
      if (showYears)
        showYears(view.tally.year);
      clear.hidden = filter.count === 0;
      writeAddress();
      refreshList();
    });
    filter.onChange(() => {
      world.redraw();
      layer.redraw();
      rings.redrawSoon();
    });
    looks.onChange(() => {
      for (const sheet of [world, layer])
        sheet.redraw();
      writeAddress();
    });
    world.onView((sums) => {
      worldSums = sums;
      showBeside();
    });
    followPointer({ map, layer, rings, world, tip, meta, makers, getStore: () => store });
    globalThis.addEventListener("hashchange", () => globalThis.location.reload());
    async function loadCameras() {
      let payload;
      try {
        payload = await want("cameras");
      } catch {
        byId("count-what").textContent = t("sum.failed");
        notice.failed(t("error.cameras"), loadCameras);
        return;
      }
      performance.mark("wc-columns");
      try {
        store = await readCameras(payload);
      } catch {
        giveUp("failed.files");
        return;
      }
      performance.mark("wc-decoded");
      drop("cameras");
      showYears = yearStrip(meta, byId("years"), yearSpan(store));
      layer.showStore(store);
      performance.mark("wc-ready");
      document.documentElement.dataset.ready = "true";
      tellStore(store);
      if (asked.camera)
        selectCameraById(asked.camera, !asked.view);
    }
    const addContext = () => Promise.allSettled([world.load(), names.load()]);
    const addSystems = () => {
      const onThere = () => {
        showBeside();
        const isAsked = asked.view || asked.embed || asked.place || asked.deployment || asked.camera;
        if (!isAsked && !storyIsOpen() && !isNarrow())
          lead(map, rings);
        if (asked.place)
          openAskedPlace(asked.place, map, !asked.view);
      };
      if (meta.deployments === 0)
        onThere();
      return addDeployments(meta, rings, finder, onThere, { id: asked.deployment, near: !asked.view });
    };
    if (storyIsOpen()) {
      addSystems();
      addContext();
    }
    const wasOpen = storyIsOpen();
    await loadCameras();
    if (document.documentElement.dataset.failed)
      return;
    if (!wasOpen) {
      addSystems();
      addContext();
    }
    ground.allowFine();
  }
  globalThis.WC = { put, start: startPage };
})();
