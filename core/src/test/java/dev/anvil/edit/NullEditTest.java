package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import org.junit.jupiter.api.Test;

class NullEditTest extends EditorContract {
  @Override
  Editor editor() {
    return new NullEdit();
  }

  @Test
  void changesNothing() {
    EditRequest request = Scene.request("b81c1c", true, 1);
    Edited edited = editor().edit(request, RunContext.NONE);
    assertThat(edited.picture()).isEqualTo(request.source());
    assertThat(edited.changed().coverage()).isZero();
  }
}
