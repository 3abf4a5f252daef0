/** One file in place of a thousand modules: it loads in a seventh of the time. */
declare module "echarts/dist/echarts.esm.min.mjs" {
  export * from "echarts";
}
