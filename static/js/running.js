// What the marked projects cost together, told while one marks. For information: nothing is too much, nothing is refused.
export function keepRunning(root) {
  for (const ballot of root.querySelectorAll("[data-sum]")) {
    const line = ballot.querySelector(".running");
    const sum = line?.querySelector("output");
    if (!sum) continue;
    const scale = Number(ballot.dataset.sum);
    const unit = line.dataset.unit || "";
    const tell = () => {
      const marked = [...ballot.querySelectorAll("[data-cost]:checked")];
      const cost = marked.reduce((total, one) => total + Number(one.dataset.cost), 0);
      sum.value = (cost / scale).toLocaleString("en-US") + unit;
      line.hidden = !marked.length;
    };
    ballot.addEventListener("change", tell);
    tell();
  }
}
