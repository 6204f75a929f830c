//! The form of a drawn shape.

/// A place in a shape, in points from its upper left corner.
pub type Spot = (f32, f32);

/// Lines and curves that make a shape, drawn one path after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The paths.
    pub paths: Vec<OutlinePath>,
    /// The width and height that it was drawn for, in points.
    pub size: (f32, f32),
    /// How far the shape and its text are turned around its middle, to the right.
    pub degrees: f32,
}

/// One path.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlinePath {
    /// Its steps; the first is a move.
    pub steps: Vec<Step>,
    /// What it is filled with.
    pub fill: PathFill,
    /// Its line is drawn.
    pub stroked: bool,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Goes there without a line.
    Move(Spot),
    /// A straight line.
    Line(Spot),
    /// A Bézier curve: two control points and its end.
    Curve(Spot, Spot, Spot),
    /// A straight line back to the last move.
    Close,
}

/// What a path is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathFill {
    /// Nothing.
    None,
    /// The shape's colour, mixed with so much white (above 0) or black (below 0).
    Shape(f64),
    /// The colour of the shape's line: the head of an arrow.
    Line,
}
