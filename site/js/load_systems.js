/* The systems of the evidence come in: unpacked, given their values, drawn, made findable. */

import { drop, unpack, want } from "./data_loader.js";
import { notice } from "./notice.js";
import { selectDeployment } from "./select_event.js";
import { giveValues } from "./systems.js";
import { nextTurn } from "./turns.js";
import { inLanguage, t } from "./words.js";

/**
 * @param {Meta} meta
 * @param {any} layer
 * @param {{addDeployments(deployments: Deployment[]): void}} finder
 * @param {() => void} onThere
 * @param {{id: string | undefined, near: boolean}} wanted `near` brings the map to it
 */
export async function addDeployments(meta, layer, finder, onThere, wanted) {
  if (meta.deployments === 0) return;
  let payload;
  /** @type {Deployment[]} */
  let systems;
  try {
    const file = inLanguage("deployments");
    payload = await want(file);
    systems = JSON.parse(new TextDecoder().decode(await unpack(payload.gz)));
    drop(file);
  } catch {
    notice.failed(t("error.deployments"), () =>
      addDeployments(meta, layer, finder, onThere, wanted),
    );
    return;
  }
  await nextTurn();
  systems.forEach((system, row) => {
    system.row = row;
  });
  giveValues(systems, meta, [...meta.vendors, ...meta.others]);
  layer.show(systems);
  await nextTurn();
  document.documentElement.dataset.deployments = "true";
  finder.addDeployments(systems);
  onThere();
  const asked = systems.find(({ id }) => id === wanted.id);
  if (asked) selectDeployment(asked, wanted.near);
}
