package dev.postrider.bench.chart;

/** A picture of figures. */
public interface Chart {

  /** As a document of its own that needs nothing else. */
  String svg();
}
