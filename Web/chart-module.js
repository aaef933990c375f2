/** The module of a kind of visual: from the server here, from the file itself in a saved report. */

/** @param {string} kind a plain word @returns {Promise<import("./types.js").ChartModule>} */
export const loadChart = async (kind) => (await import(`/charts/${kind}.js`)).default;
