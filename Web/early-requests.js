/* Asks for what the first page shows while the modules are still on their way. Not a module: modules run too late. */
(() => {
  /** What has been asked for and not been taken, by method, path and body. */
  const asked = new Map();
  const keyOf = (path, body) => `${path} ${body ?? ""}`;

  /** An answer as `api.js` takes it; null where there is none, so that it asks once more and says what is wrong. */
  function ask(path, body) {
    const options = { headers: { Accept: "application/json" } };
    const headers = { ...options.headers, "Content-Type": "application/json" };
    const answer = fetch(`/api/v1/${path}`, body === undefined ? options : { method: "POST", headers, body })
      .then(async (response) => (response.ok ? { ok: true, status: response.status, body: await response.json() } : null))
      .catch(() => null);
    asked.set(keyOf(path, body), answer);
    return answer;
  }

  /** The page of the address, or the first one; its figures too, as long as neither the address nor a story selects anything. */
  function follow(project) {
    if (!project?.run) return;
    const [hash, query] = location.hash.slice(1).split("?");
    if (hash.startsWith("/")) return;
    const wanted = project.pages.find(({ name }) => encodeURIComponent(name) === hash || name === hash) ?? project.pages[0];
    if (!wanted) return;
    const path = `pages/${encodeURIComponent(wanted.name)}`;
    const answer = ask(path).then((found) => {
      if (found) foresee(path, found.body, !query);
      return found;
    });
    asked.set(keyOf(path), answer);
  }

  /** The modules of a page's visuals, and its figures. */
  function foresee(path, page, isPlain) {
    for (const type of new Set(page.visuals.map((visual) => visual.type))) {
      if (!/^[a-z_]+$/.test(type)) continue;
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = `/charts/${type}.js`;
      document.head.append(link);
    }
    if (isPlain && page.story.length === 0) ask(`${path}/data`, JSON.stringify({ selections: [], drill: {}, parameters: {} }));
  }

  // Whoever takes an answer gets it after what follows from it has been asked for.
  const project = ask("project").then((answer) => {
    follow(answer?.body);
    return answer;
  });
  asked.set(keyOf("project"), project);

  window.auroraEarly = {
    /** Once each: what is asked for again is asked anew. @param {string} path @param {string} [body] */
    take(path, body) {
      const key = keyOf(path, body);
      const answer = asked.get(key) ?? null;
      asked.delete(key);
      return answer;
    },
  };
})();
