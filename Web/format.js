/** Numbers, dates and names as text, by the project's locale and currency. A missing figure is "–", never 0. */

export const MISSING = "–";
export const MISSING_NAME = "Missing";
const NO_CURRENCY = "XXX";

/** @typedef {import("./types.js").Format} Format */

/** Whether a value is the same with fewer significant digits. */
const sameWith = (value, fewer, more) => Number(value.toPrecision(fewer)) === Number(value.toPrecision(more));

export class Formats {
  #cache = new Map();

  /** @param {{locale: string, currency: string}} project */
  constructor({ locale, currency }) {
    this.locale = Intl.NumberFormat.supportedLocalesOf([locale])[0] ?? "en-US";
    this.currency = /^[A-Z]{3}$/.test(currency ?? "") ? currency : "USD";
  }

  #number(value, options) {
    const key = JSON.stringify(options);
    if (!this.#cache.has(key)) this.#cache.set(key, new Intl.NumberFormat(this.locale, options));
    return this.#cache.get(key).format(value);
  }

  /** What stands beside amounts in words; nothing where the currency is not known. */
  get currencyName() {
    return this.currency === NO_CURRENCY ? null : this.currency;
  }

  /** A figure in full, without its unit word. @param {*} value @param {?Format} format */
  number(value, format) {
    if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
    if (typeof value !== "number") return String(value);
    const digits = format?.digits ?? null;
    switch (format?.style) {
      case "integer": return this.count(value);
      case "percent": return this.share(value, digits ?? 0);
      case "currency": {
        const places = digits ?? (Math.abs(value) < 100 && value % 1 !== 0 ? 2 : 0);
        return this.#number(value, { ...this.#money(), minimumFractionDigits: places, maximumFractionDigits: places });
      }
      case "text": return String(value);
      default: return this.#number(value, { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 4 });
    }
  }

  /**
   * How figures stand beside the marks of one chart: in full, but amounts with a million among them with four digits,
   * $814.2M, or as many fewer as all of them need.
   * @param {Array<?number>} values all that it shows @param {?Format} format
   */
  marks(values, format) {
    const largest = Math.max(0, ...values.filter((value) => typeof value === "number").map(Math.abs));
    if (format?.style !== "currency" || largest < 1e6) return (value) => this.number(value, format);
    const known = values.filter((value) => typeof value === "number");
    const digits = [1, 2, 3].find((count) => known.every((value) => sameWith(value, count, 4))) ?? 4;
    const short = {
      ...this.#money(), notation: "compact", minimumSignificantDigits: digits, maximumSignificantDigits: digits,
    };
    return (value) => (typeof value === "number" && value !== 0 ? this.#number(value, short) : this.number(value, format));
  }

  /** A figure in full with its unit word. @param {*} value @param {?Format} format */
  full(value, format) {
    const text = this.number(value, format);
    return format?.unit && text !== MISSING ? `${text} ${format.unit}` : text;
  }

  /** Short, for axes and tight places: 1.2M, $3.4K, 20%. @param {*} value @param {?Format} format */
  short(value, format) {
    if (typeof value !== "number") return this.number(value, format);
    if (format?.style === "percent") return this.#number(value, {
      style: "percent",
      maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0,
    });
    const money = format?.style === "currency" ? this.#money() : {};
    // Below 1,000 significant digits keep 0.05 and 2.5 apart; above, three of them say 1.2M and 12.5K.
    return this.#number(value, {
      ...money,
      notation: "compact",
      minimumFractionDigits: 0,
      maximumSignificantDigits: Math.abs(value) < 1000 ? 4 : 3,
    });
  }

  /** A share of 0–1 as a percentage; one decimal only under 10 %. @param {?number} value */
  share(value, digits = 0) {
    if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
    const isWhole = Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;
    const places = Math.max(digits, !isWhole && Math.abs(value) < 0.0995 ? 1 : 0);
    return this.#number(value, { style: "percent", minimumFractionDigits: places, maximumFractionDigits: places });
  }

  /** @param {number} value */
  count(value) {
    return this.#number(value, { maximumFractionDigits: 0 });
  }

  /** A dimension's value. @param {*} value @param {import("./types.js").Dimension} [dimension] */
  name(value, dimension) {
    if (value === null || value === undefined) return MISSING_NAME;
    if (typeof value === "object") return `Other (${this.count(value.other)} ${value.other === 1 ? "level" : "levels"})`;
    if (typeof value === "boolean") return value ? "Yes" : "No";
    if (typeof value === "number") return this.number(value, dimension?.format);
    if (
      dimension?.kind === "date" && /^\d{4}-\d\d-\d\d$/.test(value)
    ) return this.date(`${value}T00:00:00Z`, { timeZone: "UTC" });
    return String(value);
  }

  /** @param {[?number, ?number]} range @param {?Format} format */
  range([from, to], format) {
    if (typeof from === "string") {
      const [first, last] = [from, to].map((day) => this.date(`${day}T00:00:00Z`, { timeZone: "UTC" }));
      return first === last ? first : `${first} – ${last}`;
    }
    if (from === null || from === undefined) return `up to ${this.full(to, format)}`;
    if (to === null || to === undefined) return `from ${this.full(from, format)}`;
    return `${this.number(from, format)} – ${this.full(to, format)}`;
  }

  /** @param {string} instant ISO 8601 */
  date(instant, options = {}) {
    const date = new Date(instant);
    if (Number.isNaN(date.getTime())) return String(instant);
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", ...options }).format(date);
  }

  /**
   * A day, week, month, quarter or year by its first day.
   * @param {?string} day ISO 8601 @param {"day"|"week"|"month"|"quarter"|"year"} each
   */
  period(day, each) {
    if (day === null) return MISSING_NAME;
    const write = (options) =>
      new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options }).format(new Date(`${day}T00:00:00Z`));
    switch (each) {
      case "year": return write({ year: "numeric" });
      case "quarter": return `Q${Math.ceil(Number(day.slice(5, 7)) / 3)} ${write({ year: "numeric" })}`;
      case "month": return write({ year: "numeric", month: "short" });
      case "week": return `Week of ${write({ dateStyle: "medium" })}`;
      default: return write({ dateStyle: "medium" });
    }
  }

  /** @param {string} instant ISO 8601 */
  moment(instant) {
    return this.date(instant, { timeStyle: "short" });
  }

  #money() {
    // ISO 4217's code for no currency: nobody knows yet which it is.
    if (this.currency === NO_CURRENCY) return {};
    return { style: "currency", currency: this.currency, currencyDisplay: "narrowSymbol" };
  }
}
