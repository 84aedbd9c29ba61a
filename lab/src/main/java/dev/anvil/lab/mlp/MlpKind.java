package dev.anvil.lab.mlp;

import dev.anvil.predict.regressor.Regressor;
import dev.anvil.predict.regressor.RegressorKind;
import java.io.DataInputStream;
import java.io.IOException;

/** How perceptrons are kept. They take part in comparisons and score no studies. */
public final class MlpKind implements RegressorKind {
  @Override
  public String name() {
    return Mlp.KIND;
  }

  @Override
  public Regressor read(DataInputStream in) throws IOException {
    return Mlp.Fitted.read(in);
  }
}
